import type { Imported } from "../api/contract";
import { Bar } from "../parts/Bar";
import { reason } from "../parts/reasons";
import { Why } from "../parts/Why";
import { named, t } from "../words/words";

type Difference = Imported["differences"][number];
type Facts = NonNullable<Difference["after"]>;

/** What is wrong with a table, by row and column; with one mistake nothing of it is done. */
export function Mistakes({ mistakes }: { mistakes: Imported["mistakes"] }) {
  return (
    <>
      <Bar tone="warn">{t("tables.mistakes", { count: mistakes.length })}</Bar>
      <table className="plain-table" data-testid="table-mistakes">
        <thead>
          <tr>
            <th>{t("tables.row")}</th>
            <th>{t("tables.column")}</th>
            <th>{t("tables.wrong")}</th>
          </tr>
        </thead>
        <tbody>
          {mistakes.map((one, at) => (
            <tr key={`${one.row}-${at}`}>
              <td>{one.row}</td>
              <td>{one.column ? named("table_column", one.column) : "—"}</td>
              <td>{reason(one.reason) ?? one.reason}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </>
  );
}

/** What a table changes: the old word struck through, the new one beside it. */
export function Differences({ outcome }: { outcome: Imported }) {
  if (outcome.differences.length === 0) {
    return outcome.mistakes.length === 0 ? <Why words={t("tables.same", { rows: outcome.rows })} /> : null;
  }
  return (
    <table className="plain-table" data-testid="table-differences">
      <thead>
        <tr>
          <th>{t("tables.row")}</th>
          <th>{t("administration.code")}</th>
          <th>{t("tables.changes")}</th>
        </tr>
      </thead>
      <tbody>
        {outcome.differences.map((one) => (
          <tr key={`${one.row ?? "-"}-${one.code}`}>
            <td>{one.row ?? "—"}</td>
            <td>{one.code}</td>
            <td>
              {one.before ? null : <b>＋ {t("tables.new")} </b>}
              {one.after ? null : <b>－ {t("tables.gone")} </b>}
              {changes(one).map((change) => (
                <span key={change.name} className="table-change">
                  <span className="quiet">{named("table_column", change.name)}</span>{" "}
                  {change.before === null ? null : (
                    <>
                      <del>{change.before || "—"}</del>
                      {change.after === null ? null : " → "}
                    </>
                  )}
                  {change.after === null ? null : <ins>{change.after || "—"}</ins>}
                </span>
              ))}
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

function changes({ before, after }: Difference) {
  return Object.keys(after ?? before ?? {})
    .filter((name) => !before || !after || said(before, name) !== said(after, name))
    .map((name) => ({
      name,
      before: before ? said(before, name) : null,
      after: after ? said(after, name) : null,
    }));
}

function said(facts: Facts, name: string): string {
  const value = facts[name];
  if (value === null || value === undefined) return "";
  if (typeof value === "boolean") return t(value ? "tables.yes" : "tables.no");
  if (name === "role") return named("role", String(value));
  if (!Array.isArray(value)) return String(value);
  return value.map((one) => (name === "homes" ? home(one) : named("role", String(one)))).join(t("join.comma"));
}

/** A place of a customer in a line: where, which door, as what, and from when until when. */
function home(one: unknown): string {
  const { place, door, living, since, until } = one as Record<string, string | null>;
  const stay = since || until ? `${since ?? ""}–${until ?? ""}` : "";
  return [place, door, named("living", living ?? ""), stay].filter(Boolean).join(" ");
}
