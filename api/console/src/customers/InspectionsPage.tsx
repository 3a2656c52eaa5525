import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { change, read } from "../api/client";
import { usePeople, usePlaces } from "../api/queries";
import type { Answer } from "../api/routes";
import { Link } from "../app/Link";
import { ActButton } from "../parts/ActButton";
import { Bar } from "../parts/Bar";
import { Choice } from "../parts/Choice";
import { ReasonForm } from "../parts/ReasonForm";
import { Why } from "../parts/Why";
import { refusal } from "../parts/refusal";
import { may } from "../session/allowed";
import { useMe } from "../session/context";
import { personOptions, placeOptions } from "../telling/options";
import { siteNow } from "../time/clock";
import { monthOf } from "../time/months";
import { named, t } from "../words/words";
import { useChange } from "./queries";

type Inspection = Answer<"/api/v1/inspections">["items"][number];
const RESULTS = ["in_order", "found", "not_handled"] as const;

/** Planned samples and what was found on the spot (五.2(3)⑤). */
export default function InspectionsPage() {
  const me = useMe();
  const [doing, setDoing] = useState<number | null>(null);
  const [result, setResult] = useState<(typeof RESULTS)[number]>("in_order");
  const [person, setPerson] = useState<string | null>(null);
  const { data, error } = useQuery({
    queryKey: ["inspections"],
    queryFn: () => read("/api/v1/inspections", { limit: 200 }),
  });
  const { data: people } = usePeople();
  const act = useChange<unknown>(() => {
    setDoing(null);
    setPerson(null);
    setResult("in_order");
  });
  const staff = personOptions((people ?? []).filter((one) => one.active));
  return (
    <main className="page" data-testid="inspections-page">
      <h2>{t("inspections.title")}</h2>
      {error ? <Bar tone="warn">{refusal(error, "read")}</Bar> : null}
      {act.error ? <Bar tone="warn">{refusal(act.error)}</Bar> : null}
      {may(me, "plan_inspections") ? (
        <PlanForm staff={staff} busy={act.isPending} onPlan={(write) => act.mutate(write)} />
      ) : null}
      {data?.items.length === 0 ? <Why words={t("inspections.none")} /> : null}
      <ul className="notices">
        {data?.items.map((one: Inspection) => (
          <li key={one.number} className="notice" data-testid={`inspection-${one.number}`}>
            <div>
              <b>{one.place.path.join(" ")}</b> {one.month} {one.inspector.name}{" "}
              {one.issue ? <Link to={`/issues/${one.issue}`}>#{one.issue}</Link> : null}
              {one.result ? (
                <p>
                  {named("inspection", one.result)} {one.person?.name ?? ""} {one.words ?? ""}{" "}
                  {one.opened ? <Link to={`/issues/${one.opened}`}>#{one.opened}</Link> : null}
                </p>
              ) : null}
              {doing === one.number ? (
                <ReasonForm
                  title={t("inspections.record")}
                  label={t("inspections.words")}
                  busy={act.isPending}
                  optional={result === "in_order"}
                  onSubmit={(words) =>
                    act.mutate(
                      change("/api/v1/inspections/{number}/result", one.number, {
                        result,
                        words,
                        ...(person ? { person } : {}),
                      }),
                    )
                  }
                >
                  <label>{t("inspections.result")}</label>
                  <Choice
                    label={t("inspections.result")}
                    options={RESULTS.filter((value) => value !== "not_handled" || one.issue).map(
                      (value, index) => ({
                        value,
                        label: named("inspection", value),
                        digit: index + 1,
                      }),
                    )}
                    value={result}
                    onPick={(value) => setResult(value as typeof result)}
                    testId="inspection-result"
                  />
                  <label>{t("feedback.person")}</label>
                  <Choice
                    label={t("feedback.person")}
                    options={staff}
                    value={person}
                    onPick={setPerson}
                    testId="inspection-person"
                  />
                </ReasonForm>
              ) : null}
            </div>
            {!one.result && doing !== one.number ? (
              <ActButton
                words={t("inspections.record")}
                onClick={() => setDoing(one.number)}
                testId={`record-${one.number}`}
              />
            ) : null}
          </li>
        ))}
      </ul>
    </main>
  );
}

interface PlanFormProps {
  staff: ReturnType<typeof personOptions>;
  busy: boolean;
  onPlan: (write: ReturnType<typeof planned>) => void;
}

function planned(place: string, inspector: string, many: number) {
  const month = monthOf(siteNow());
  return change("/api/v1/inspections", undefined, { month, places: [place], many, inspector });
}

function PlanForm({ staff, busy, onPlan }: PlanFormProps) {
  const { data: places } = usePlaces();
  const [place, setPlace] = useState<string | null>(null);
  const [inspector, setInspector] = useState<string | null>(null);
  const [many, setMany] = useState(3);
  return (
    <div className="reason-form" data-form>
      <label>{t("inspections.place")}</label>
      <Choice
        label={t("inspections.place")}
        options={placeOptions(places ?? [])}
        value={place}
        onPick={setPlace}
        testId="plan-place"
      />
      <label>{t("inspections.inspector")}</label>
      <Choice
        label={t("inspections.inspector")}
        options={staff}
        value={inspector}
        onPick={setInspector}
        testId="plan-inspector"
      />
      <label>
        {t("inspections.many")}
        <input
          className="field"
          type="number"
          min={1}
          max={200}
          value={many}
          onChange={(event) => setMany(Number(event.target.value))}
          data-field
        />
      </label>
      <ActButton
        words={t("inspections.plan")}
        onClick={() => {
          if (place && inspector && many >= 1) onPlan(planned(place, inspector, many));
        }}
        busy={busy}
        testId="plan"
      />
    </div>
  );
}
