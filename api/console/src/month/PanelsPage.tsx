import { Input, Skeleton } from "antd";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { change, send } from "../api/client";
import type { Panel } from "../api/contract";
import { usePanels, usePeople } from "../api/queries";
import { go } from "../app/route";
import { ActButton } from "../parts/ActButton";
import { Bar } from "../parts/Bar";
import { MonthField } from "../parts/MonthField";
import { Choice } from "../parts/Choice";
import { refusal } from "../parts/refusal";
import { may } from "../session/allowed";
import { useMe } from "../session/context";
import { Moment } from "../time/Moment";
import { named, t } from "../words/words";
import { percent } from "./cells";
import { Number } from "./Number";
import { thisMonth } from "./thisMonth";
import { PanelTrend } from "./Trends";
import "./month.css";

/** The five panels of 五.2(3): numbers, owner, and the day he went through them. */
export default function PanelsPage({ month }: { month: string | null }) {
  const shown = month ?? thisMonth();
  const { data, error, isPending } = usePanels(shown);
  return (
    <main className="page">
      <h2>
        {t("months.panels")}{" "}
        <MonthField
          month={shown}
          last={thisMonth()}
          label={t("panels.month")}
          onPick={(next) => go(`/panels/${next}`)}
        />
      </h2>
      {error ? <Bar tone="warn">{refusal(error, "read")}</Bar> : null}
      {isPending ? <Skeleton active /> : null}
      {data ? (
        <p>
          {t("measure.found_first")} <strong>{percent(data.found_first)}</strong>
          {" · "}
          {t("measure.repeat_rate")} <strong>{percent(data.repeat_rate)}</strong>
        </p>
      ) : null}
      <div className="panels">
        {data?.items.map((panel) => <PanelCard key={panel.panel} panel={panel} month={shown} />)}
      </div>
    </main>
  );
}

function PanelCard({ panel, month }: { panel: Panel; month: string }) {
  return (
    <section className="report-card" data-testid={`panel-${panel.panel}`}>
      <h2>{named("panel", panel.panel)}</h2>
      <PanelTrend panel={panel.panel} />
      <dl className="month-sums">
        {panel.numbers.map((one) => (
          <div key={one.measure}>
            <dt>{named("measure", one.measure)}</dt>
            <dd>
              <Number month={month} cell={one.cell} n={one.n} />
            </dd>
          </div>
        ))}
      </dl>
      {panel.units.length > 0 ? (
        <ul className="panel-units">
          {panel.units.map((unit) => (
            <li key={unit.unit}>
              <b>{unit.name || t("month.said.nobody")}</b>{" "}
              {unit.numbers
                .filter((one) => one.n > 0)
                .map((one) => (
                  <span key={one.measure}>
                    {named("measure", one.measure)}{" "}
                    <Number month={month} cell={one.cell} n={one.n} />{" "}
                  </span>
                ))}
            </li>
          ))}
        </ul>
      ) : null}
      <p>
        {t("panels.owner")}: {panel.owner?.name ?? t("panels.nobody")}
        {" · "}
        {panel.reviewed_at ? (
          <>
            {t("panels.reviewed")} <Moment at={panel.reviewed_at} seconds={false} />
          </>
        ) : (
          t("panels.never")
        )}
      </p>
      {panel.words ? <p className="work-words">{panel.words}</p> : null}
      <PanelActs panel={panel} />
    </section>
  );
}

function PanelActs({ panel }: { panel: Panel }) {
  const me = useMe();
  const client = useQueryClient();
  const [words, setWords] = useState("");
  const people = usePeople(may(me, "assign_panel"));
  const done = { onSettled: () => client.invalidateQueries({ queryKey: ["panels"] }) };
  const of = { panel: panel.panel };
  const assign = useMutation({
    mutationFn: (owner: string) =>
      send(change("/api/v1/panels/{panel}/owner", of, { owner })),
    ...done,
  });
  const review = useMutation({
    mutationFn: () => send(change("/api/v1/panels/{panel}/review", of, { words })),
    ...done,
    onSuccess: () => setWords(""),
  });
  const problem = assign.error ?? review.error;
  return (
    <>
      {problem ? <Bar tone="warn">{refusal(problem)}</Bar> : null}
      {may(me, "assign_panel") ? (
        <Choice
          options={(people.data ?? []).map((one) => ({ value: one.code, label: one.name }))}
          value={panel.owner?.code ?? null}
          onPick={(owner) => assign.mutate(owner)}
          label={t("panels.assign")}
          placeholder={t("panels.assign")}
          testId={`owner-${panel.panel}`}
        />
      ) : null}
      {panel.mine ? (
        <form
          className="acts"
          onSubmit={(event) => {
            event.preventDefault();
            review.mutate();
          }}
        >
          <Input
            value={words}
            onChange={(event) => setWords(event.target.value)}
            placeholder={t("panels.words")}
            aria-label={t("panels.words")}
            data-testid={`words-${panel.panel}`}
          />
          <ActButton
            submits
            words={t("panels.review")}
            disabled={!words.trim()}
            busy={review.isPending}
            testId={`review-${panel.panel}`}
          />
        </form>
      ) : null}
    </>
  );
}
