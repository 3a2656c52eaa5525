import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { Skeleton } from "antd";
import { useState } from "react";
import { change, read, send } from "../api/client";
import type { Written } from "../api/routes";
import { Bar } from "../parts/Bar";
import { FileField } from "../parts/FileField";
import { Why } from "../parts/Why";
import { refusal } from "../parts/refusal";
import { TextEditor } from "../rules/TextEditor";
import { may } from "../session/allowed";
import { useMe } from "../session/context";
import { Moment } from "../time/Moment";
import { t } from "../words/words";
import { points } from "./about";
import "../rules/rules.css";

type WhatIf = Written<"/api/v1/merit/rules/what-if">;
type Weighed = WhatIf["before"][number];

/** The rules that propose: a new version is weighed on last month before it is saved. */
export function Rules() {
  const decides = may(useMe(), "decide_merit");
  const { data, error } = useQuery({
    queryKey: ["merit", "rules"],
    queryFn: () => read("/api/v1/merit/rules"),
  });
  if (error) return <Bar tone="warn">{refusal(error, "read")}</Bar>;
  if (!data) return <Skeleton active />;
  return (
    <>
      <Editor key={data.version} version={data.version} given={data.text} decides={decides} />
      {decides ? <Versions /> : null}
    </>
  );
}

interface EditorProps {
  version: number;
  given: string;
  decides: boolean;
}

function Editor({ version, given, decides }: EditorProps) {
  const client = useQueryClient();
  const [text, setText] = useState(given);
  const look = useMutation({
    mutationFn: () => send(change("/api/v1/merit/rules/what-if", undefined, { text })),
  });
  const save = useMutation({
    mutationFn: (reason: string) =>
      send(change("/api/v1/merit/rules", undefined, { text, base: version, reason })),
    onSuccess: () => client.invalidateQueries({ queryKey: ["merit"] }),
  });
  const edit = (next: string) => {
    setText(next);
    look.reset();
    save.reset();
  };
  return (
    <section className="rules-editor" data-testid="merit-rules">
      <h2>{t("rules.version", { version })}</h2>
      <p className="quiet">{t("merit_rules.how")}</p>
      {decides ? (
        <FileField
          label={t("merit_rules.file")}
          accept=".toml,.txt"
          onPick={(file) => void file?.text().then(edit)}
          testId="merit-rules-file"
        />
      ) : null}
      <TextEditor
        label={t("merit.part.rules")}
        text={text}
        given={given}
        changes={decides}
        onEdit={edit}
        problem={look.error ?? save.error}
        onLook={() => look.mutate()}
        looking={look.isPending}
        seen={look.data ? { version: look.data.version, differs: <Compared found={look.data} /> } : null}
        onSave={(reason) => save.mutate(reason)}
        saving={save.isPending}
        id="merit-rules"
      />
    </section>
  );
}

/** Last month under both rules, only what differs; the same deeds, weighed afresh. */
function Compared({ found }: { found: WhatIf }) {
  const key = (one: Weighed) => `${one.rule} ${one.person?.code ?? ""} ${one.unit?.code ?? ""}`;
  const before = new Map(found.before.map((one) => [key(one), one]));
  const after = new Map(found.after.map((one) => [key(one), one]));
  const rows = [...new Set([...before.keys(), ...after.keys()])]
    .map((one) => ({ key: one, was: before.get(one), would: after.get(one) }))
    .filter(({ was, would }) => was?.points !== would?.points || was?.times !== would?.times);
  const sum = (all: readonly Weighed[]) => all.reduce((many, one) => many + one.times, 0);
  return (
    <section data-testid="merit-what-if">
      <h2>
        {t("merit_rules.what_if", {
          month: found.month,
          before: sum(found.before),
          after: sum(found.after),
        })}
      </h2>
      {rows.length === 0 ? <Why words={t("merit_rules.same")} /> : null}
      {rows.length > 0 ? (
        <table className="plain-table">
          <thead>
            <tr>
              <th>{t("merit_rules.rule")}</th>
              <th>{t("merit_rules.about")}</th>
              <th>{t("rules.before")}</th>
              <th>{t("rules.after")}</th>
            </tr>
          </thead>
          <tbody>
            {rows.map(({ key: name, was, would }) => {
              const one = would ?? was;
              return (
                <tr key={name}>
                  <td>{one?.rule}</td>
                  <td>{one?.person?.name ?? one?.unit?.name}</td>
                  <td>{said(was)}</td>
                  <td>{said(would)}</td>
                </tr>
              );
            })}
          </tbody>
        </table>
      ) : null}
    </section>
  );
}

function said(one: Weighed | undefined): string {
  return one ? `${one.times} × · ${points(one.points)}` : "—";
}

function Versions() {
  const { data } = useQuery({
    queryKey: ["merit", "rules", "versions"],
    queryFn: () => read("/api/v1/merit/rules/versions", { limit: 50 }),
  });
  const items = data?.items ?? [];
  return (
    <section>
      <h2>{t("rules.versions")}</h2>
      {items.length === 0 ? <Why words={t("rules.shipped")} /> : null}
      {items.map((one) => (
        <details key={one.version} data-testid={`merit-version-${one.version}`}>
          <summary>
            {t("rules.version", { version: one.version })}{" "}
            <Moment at={one.since} seconds={false} /> {one.by.name} {one.reason}{" "}
            <span className="quiet">{one.sha256.slice(0, 8)}</span>
          </summary>
          <pre className="rules-mistakes">{one.text}</pre>
        </details>
      ))}
    </section>
  );
}
