import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { Skeleton } from "antd";
import { useState } from "react";
import { put, read, send, change } from "../api/client";
import type { Edition, Preview, RuleKind } from "../api/contract";
import { Link } from "../app/Link";
import { ActButton } from "../parts/ActButton";
import { Bar } from "../parts/Bar";
import { refusal } from "../parts/refusal";
import { may } from "../session/allowed";
import { useMe } from "../session/context";
import { siteNow } from "../time/clock";
import { day } from "../time/format";
import { Moment } from "../time/Moment";
import { named, t } from "../words/words";
import { TextEditor } from "./TextEditor";
import "./rules.css";

const KINDS: readonly RuleKind[] = ["policy", "calendar", "catalogue"];

/** Policy, calendar and catalogue as texts: what a change would move is seen before it is saved. */
export default function RulesPage() {
  const [kind, setKind] = useState<RuleKind>("policy");
  const { data, error } = useQuery({ queryKey: ["rules"], queryFn: () => read("/api/v1/rules") });
  const edition = data?.items.find((one) => one.kind === kind);
  return (
    <main className="page" data-testid="rules-page">
      <nav className="acts" aria-label={t("rules.kinds")}>
        {KINDS.map((one) => (
          <button
            key={one}
            type="button"
            className={one === kind ? "plain current" : "plain"}
            aria-pressed={one === kind}
            onClick={() => setKind(one)}
            data-testid={`rules-${one}`}
          >
            {named("rule_kind", one)}
          </button>
        ))}
      </nav>
      {error ? <Bar tone="warn">{refusal(error, "read")}</Bar> : null}
      {edition ? <Editor key={`${kind}-${edition.version}`} edition={edition} /> : <Skeleton active />}
      <Versions kind={kind} />
    </main>
  );
}

function Editor({ edition }: { edition: Edition }) {
  const changes = may(useMe(), "change_rules");
  const [text, setText] = useState(edition.text);
  const client = useQueryClient();
  const look = useMutation({
    mutationFn: () =>
      send(change("/api/v1/rules/{kind}/preview", { kind: edition.kind }, { text })),
  });
  const save = useMutation({
    mutationFn: (reason: string) =>
      put("/api/v1/rules/{kind}", { kind: edition.kind }, { text, base: edition.version, reason }),
    onSuccess: () => client.invalidateQueries(),
  });
  const edit = (next: string) => {
    setText(next);
    look.reset();
  };
  return (
    <section className="rules-editor">
      <h2>
        {named("rule_kind", edition.kind)}{" "}
        <span className="quiet">
          {edition.version === 0
            ? t("rules.shipped")
            : t("rules.version", { version: edition.version })}
        </span>
      </h2>
      {edition.kind === "calendar" && changes ? (
        <Seed onSeed={(lines) => edit(`${text.trimEnd()}\n${lines}`)} />
      ) : null}
      <TextEditor
        label={named("rule_kind", edition.kind)}
        text={text}
        given={edition.text}
        changes={changes}
        onEdit={edit}
        problem={look.error ?? save.error}
        onLook={() => look.mutate()}
        looking={look.isPending}
        seen={look.data ? { version: look.data.version, differs: <Moves preview={look.data} /> } : null}
        onSave={(reason) => save.mutate(reason)}
        saving={save.isPending}
        id="rules"
      />
    </section>
  );
}

function Seed({ onSeed }: { onSeed: (lines: string) => void }) {
  const [year, setYear] = useState(day(siteNow()).slice(0, 4));
  const seed = useMutation({
    mutationFn: () => read("/api/v1/rules/calendar/seed/{year}", undefined, { year }),
    onSuccess: (answer) => onSeed(answer.text.split("\n").slice(1).join("\n")),
  });
  return (
    <div className="acts">
      <label>
        {t("rules.year")}{" "}
        <input
          className="field rules-year"
          inputMode="numeric"
          value={year}
          onChange={(event) => setYear(event.target.value)}
        />
      </label>
      <ActButton
        words={t("rules.seed")}
        onClick={() => seed.mutate()}
        disabled={!/^20\d\d$/.test(year)}
        busy={seed.isPending}
        testId="rules-seed"
      />
      {seed.error ? <Bar tone="warn">{refusal(seed.error)}</Bar> : null}
    </div>
  );
}

function Moves({ preview }: { preview: Preview }) {
  return (
    <section data-testid="rules-moves">
      <h2>{t("rules.moves", { moved: preview.moved, looked_at: preview.looked_at })}</h2>
      {preview.items.length > 0 ? (
        <table className="plain-table">
          <thead>
            <tr>
              <th>{t("escalations.issue")}</th>
              <th>{t("rules.before")}</th>
              <th>{t("rules.after")}</th>
            </tr>
          </thead>
          <tbody>
            {preview.items.map((move) => (
              <tr key={move.issue} data-testid={`move-${move.issue}`}>
                <td>
                  <Link to={`/issues/${move.issue}`}>#{move.issue}</Link>{" "}
                  {named("urgency", move.urgency)}
                  <div className="quiet clip">{move.words}</div>
                </td>
                <td>
                  <Waiting steps={move.before} />
                </td>
                <td>
                  <Waiting steps={move.after} />
                  {move.at_once ? (
                    <span className="tag tag-danger">◆ {t("rules.at_once")}</span>
                  ) : null}
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      ) : null}
    </section>
  );
}

function Waiting({ steps }: { steps: Preview["items"][number]["before"] }) {
  return (
    <>
      {steps.map((step) => (
        <div key={`${step.due_at}-${step.to.join()}`}>
          <Moment at={step.due_at} seconds={false} />{" "}
          {step.to.map((role) => named("role", role)).join(t("join.comma"))}
        </div>
      ))}
    </>
  );
}

function Versions({ kind }: { kind: RuleKind }) {
  const { data } = useQuery({
    queryKey: ["rules", kind],
    queryFn: () => read("/api/v1/rules/{kind}/versions", { limit: 50 }, { kind }),
  });
  const items = data?.items ?? [];
  if (items.length === 0) return null;
  return (
    <section>
      <h2>{t("rules.versions")}</h2>
      <table className="plain-table">
        <tbody>
          {items.map((one) => (
            <tr key={one.version}>
              <td>{t("rules.version", { version: one.version })}</td>
              <td>{one.since ? <Moment at={one.since} seconds={false} /> : null}</td>
              <td>{one.by?.name}</td>
              <td>{one.reason}</td>
              <td className="quiet">{one.sha256.slice(0, 8)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}
