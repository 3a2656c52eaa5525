import type { IssueRow, MonthRegister } from "../api/contract";
import { Why } from "../parts/Why";
import { clockTime, day } from "../time/format";
import { both, named, t } from "../words/words";

interface RegisterPaperProps {
  title: string;
  columns: MonthRegister["columns"];
  rows: readonly IssueRow[];
}

/** The register (登记表) on A4: the scheme's columns and a line for signatures. */
export function RegisterPaper({ title, columns, rows }: RegisterPaperProps) {
  return (
    <>
      <h2>{title}</h2>
      {rows.length === 0 ? (
        <Why words={t("register.none")} />
      ) : (
        <table className="register-paper" data-testid="register-paper">
          <thead>
            <tr>
              {Object.entries(columns).map(([name, words]) => (
                <th key={name}>{both(words)}</th>
              ))}
            </tr>
          </thead>
          <tbody>
            {rows.map((row) => (
              <tr key={row.number}>
                {Object.keys(columns).map((name) => (
                  <td key={name}>{saidIn(row, name)}</td>
                ))}
              </tr>
            ))}
          </tbody>
          <tfoot>
            <tr>
              <td colSpan={Object.keys(columns).length}>{t("register.signed")}</td>
            </tr>
          </tfoot>
        </table>
      )}
    </>
  );
}

function saidIn(row: IssueRow, column: string): string {
  const first = row.first_reporter;
  switch (column) {
    case "number":
      return String(row.number);
    case "first_reporter":
      return first?.name ?? "";
    case "unit":
      return first?.person?.unit.name ?? "";
    case "caller":
      if (first?.to_be_identified) return t("register.unidentified");
      return [named("caller", row.caller?.kind), row.caller?.name].filter(Boolean).join(" ");
    case "channel":
      return named("channel", row.channel);
    case "hops":
      return String(row.relays_count);
    case "place":
      return row.place?.path.slice(1).join("/") || (row.place?.name ?? "");
    case "category":
      return both(row.category);
    case "words":
      return row.words;
    case "urgency":
      return named("urgency", row.urgency);
    case "reported_at":
      return at(row.reported_at);
    case "accepted_at":
      return at(row.accepted_at);
    case "handled_at":
      return at(row.handled_at);
    case "handled_how":
      return row.handled_how ?? "";
    case "assigned_to":
      return row.assigned_to?.name ?? "";
    case "outcome":
      return named("outcome", row.outcome);
    default:
      return ""; // signed by hand
  }
}

function at(moment: string | null): string {
  if (!moment) return "";
  const value = Date.parse(moment);
  return `${day(value)} ${clockTime(value, false)}`;
}
