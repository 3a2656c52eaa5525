import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { Skeleton } from "antd";
import { useState } from "react";
import { change, read, send } from "../api/client";
import type { Roster } from "../api/contract";
import { usePeople } from "../api/queries";
import { ActButton } from "../parts/ActButton";
import { Bar } from "../parts/Bar";
import { Choice } from "../parts/Choice";
import { ReasonForm } from "../parts/ReasonForm";
import { Why } from "../parts/Why";
import { refusal } from "../parts/refusal";
import { may } from "../session/allowed";
import { useMe } from "../session/context";
import { personOptions } from "../telling/options";
import { siteNow } from "../time/clock";
import { Moment } from "../time/Moment";
import { typedMoment } from "../time/typed";
import { named, t } from "../words/words";
import { monday, shifted } from "./days";
import { Posts } from "./Posts";
import { RosterTables } from "./RosterTables";
import { Week } from "./Week";
import "./roster.css";

/** Who stands where this week, who is away and who answers for him. */
export default function RosterPage() {
  const [first, setFirst] = useState(() => monday(siteNow()));
  const writes = may(useMe(), "write_roster");
  const { data, error } = useQuery({
    queryKey: ["roster", first],
    queryFn: () => read("/api/v1/roster", { first, days: 7 }),
  });
  return (
    <main className="page" data-testid="roster-page">
      <div className="acts">
        <ActButton words={t("roster.earlier")} onClick={() => setFirst(shifted(first, -7))} />
        <ActButton words={t("roster.this_week")} onClick={() => setFirst(monday(siteNow()))} />
        <ActButton
          words={t("roster.later")}
          onClick={() => setFirst(shifted(first, 7))}
          testId="roster-later"
        />
        <b>
          {first} – {shifted(first, 6)}
        </b>
      </div>
      {error ? <Bar tone="warn">{refusal(error, "read")}</Bar> : null}
      {data ? <Week key={first} roster={data} writes={writes} /> : <Skeleton active />}
      <OnDuty />
      {data ? <Absences roster={data} writes={writes} /> : null}
      {writes ? <RosterTables first={first} /> : null}
      {data && writes ? <Posts roster={data} /> : null}
    </main>
  );
}

function OnDuty() {
  const { data } = useQuery({
    queryKey: ["roster", "on-duty"],
    queryFn: () => read("/api/v1/roster/on-duty"),
    refetchInterval: 60_000,
  });
  const items = data?.items ?? [];
  return (
    <section>
      <h2>{t("roster.on_duty", { count: items.length })}</h2>
      {items.map((one) => (
        <p key={`${one.post}-${one.person.code}`}>
          ● {one.person.name} <span className="quiet">{named("role", one.role)}</span>
          {one.instead_of ? <> {t("roster.instead_of", { name: one.instead_of.name })}</> : null}{" "}
          <span className="quiet">
            {t("roster.until")} <Moment at={one.until} seconds={false} />
          </span>
        </p>
      ))}
    </section>
  );
}

function Absences({ roster, writes }: { roster: Roster; writes: boolean }) {
  const client = useQueryClient();
  const [asking, setAsking] = useState(false);
  const settled = () => client.invalidateQueries({ queryKey: ["roster"] });
  const cancel = useMutation({
    mutationFn: (id: number) =>
      send(change("/api/v1/roster/absences/{number}/cancel", id, undefined)),
    onSettled: settled,
  });
  return (
    <section>
      <h2>{t("roster.absences")}</h2>
      {roster.absences.length === 0 ? <Why words={t("roster.absences_none")} /> : null}
      {roster.absences.map((one) => (
        <p key={one.id} data-testid={`absence-${one.id}`}>
          ○ {one.person.name} <Moment at={one.begins_at} seconds={false} /> –{" "}
          <Moment at={one.ends_at} seconds={false} /> {one.reason}{" "}
          {one.deputy ? t("roster.deputy_is", { name: one.deputy.name }) : t("roster.no_deputy")}{" "}
          {writes ? (
            <button type="button" className="link" onClick={() => cancel.mutate(one.id)}>
              {t("roster.cancel")}
            </button>
          ) : null}
        </p>
      ))}
      {cancel.error ? <Bar tone="warn">{refusal(cancel.error)}</Bar> : null}
      {writes && !asking ? (
        <div className="acts">
          <ActButton words={t("roster.enter_absence")} onClick={() => setAsking(true)} />
        </div>
      ) : null}
      {asking ? (
        <AbsenceForm
          onDone={() => {
            setAsking(false);
            void settled();
          }}
        />
      ) : null}
    </section>
  );
}

function AbsenceForm({ onDone }: { onDone: () => void }) {
  const { data: people = [] } = usePeople();
  const [person, setPerson] = useState<string | null>(null);
  const [deputy, setDeputy] = useState<string | null>(null);
  const [from, setFrom] = useState("");
  const [until, setUntil] = useState("");
  const begins = from.trim() ? typedMoment(from, siteNow(), "future") : siteNow();
  const ends = typedMoment(until, siteNow(), "future");
  const enter = useMutation({
    mutationFn: (reason: string) =>
      send(
        change("/api/v1/roster/absences", undefined, {
          person: person ?? "",
          begins_at: new Date(begins ?? 0).toISOString(),
          ends_at: new Date(ends ?? 0).toISOString(),
          deputy,
          reason,
        }),
      ),
    onSuccess: onDone,
  });
  const options = personOptions(people.filter((one) => one.active));
  return (
    <>
      <ReasonForm
        title={t("roster.enter_absence")}
        label={t("roster.reason")}
        busy={enter.isPending}
        ready={person !== null && begins !== null && ends !== null}
        onSubmit={(reason) => enter.mutate(reason)}
      >
        <label>{t("roster.person")}</label>
        <Choice
          label={t("roster.person")}
          options={options}
          value={person}
          onPick={setPerson}
          testId="absence-person"
          required
        />
        <label>
          {t("roster.from")}
          <input
            className="field"
            value={from}
            placeholder={t("roster.now")}
            onChange={(event) => setFrom(event.target.value)}
            data-field
          />
        </label>
        <label>
          {t("roster.until")}
          <input
            className="field"
            value={until}
            placeholder="11-24 18:00"
            onChange={(event) => setUntil(event.target.value)}
            data-field
            data-testid="absence-until"
          />
        </label>
        <label>{t("roster.deputy")}</label>
        <Choice
          label={t("roster.deputy")}
          options={options}
          value={deputy}
          onPick={setDeputy}
          testId="absence-deputy"
        />
      </ReasonForm>
      {enter.error ? <Bar tone="warn">{refusal(enter.error)}</Bar> : null}
    </>
  );
}
