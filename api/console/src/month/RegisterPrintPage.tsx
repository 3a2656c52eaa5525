import { Skeleton } from "antd";
import { useEffect, useState } from "react";
import type { IssueRow } from "../api/contract";
import { useMonthRegister } from "../api/queries";
import { go } from "../app/route";
import { ActButton } from "../parts/ActButton";
import { Bar } from "../parts/Bar";
import { Why } from "../parts/Why";
import { refusal } from "../parts/refusal";
import { clockTime, day } from "../time/format";
import { both, language, named, t } from "../words/words";
import { thisMonth } from "./thisMonth";
import "./month.css";

/** The register (登记表) on A4: the scheme's columns and a line for signatures. */
export default function RegisterPrintPage({ month }: { month: string | null }) {
  const shown = month ?? thisMonth();
  const [on, setOn] = useState<string | null>(null);
  const { data, error, isPending, hasNextPage, fetchNextPage } = useMonthRegister(shown, on);
  useEffect(() => {
    // Paper has no second page to ask for: all of it is fetched.
    if (hasNextPage) void fetchNextPage();
  }, [hasNextPage, fetchNextPage, data]);
  const head = data?.pages[0];
  const rows = data?.pages.flatMap((page) => page.items) ?? [];
  const file = `/api/v1/months/${shown}/register/file?language=${language()}${on ? `&on=${on}` : ""}`;
  return (
    <main className="page register-print">
      <div className="acts register-acts">
        <input
          type="month"
          className="field"
          value={shown}
          aria-label={t("months.month")}
          onChange={(event) => {
            setOn(null);
            if (event.target.value) go(`/register/${event.target.value}`);
          }}
        />
        <input
          type="date"
          className="field"
          value={on ?? ""}
          min={`${shown}-01`}
          max={`${shown}-31`}
          aria-label={t("register.day")}
          title={t("register.day")}
          onChange={(event) => setOn(event.target.value || null)}
        />
        <ActButton words={t("register.print")} onClick={() => print()} testId="print" />
        <a href={file} download data-testid="register-pdf">
          {t("register.pdf")}
        </a>
      </div>
      {error ? <Bar tone="warn">{refusal(error, "read")}</Bar> : null}
      {isPending ? <Skeleton active /> : null}
      {head ? <h2>{t("register.title", { site: head.site_name, month: head.of })}</h2> : null}
      {head && rows.length === 0 ? <Why words={t("register.none")} /> : null}
      {head && rows.length > 0 ? (
        <table className="register-paper" data-testid="register-paper">
          <thead>
            <tr>
              {Object.entries(head.columns).map(([name, words]) => (
                <th key={name}>{both(words)}</th>
              ))}
            </tr>
          </thead>
          <tbody>
            {rows.map((row) => (
              <tr key={row.number}>
                {Object.keys(head.columns).map((name) => (
                  <td key={name}>{saidIn(row, name)}</td>
                ))}
              </tr>
            ))}
          </tbody>
          <tfoot>
            <tr>
              <td colSpan={Object.keys(head.columns).length}>{t("register.signed")}</td>
            </tr>
          </tfoot>
        </table>
      ) : null}
    </main>
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
