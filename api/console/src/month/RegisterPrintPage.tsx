import { Skeleton } from "antd";
import { useEffect, useState } from "react";
import { useMonthRegister } from "../api/queries";
import { go } from "../app/route";
import { ActButton } from "../parts/ActButton";
import { Bar } from "../parts/Bar";
import { MonthField } from "../parts/MonthField";
import { refusal } from "../parts/refusal";
import { daysOf, dayWords } from "../time/months";
import { language, t } from "../words/words";
import { DeskPaper } from "./DeskPaper";
import { rowsOf } from "./paper";
import { RegisterPaper } from "./RegisterPaper";
import { thisMonth } from "./thisMonth";
import "./month.css";

/** The register on paper: of a month or a day of it, or of the rows a desk has chosen. */
export default function RegisterPrintPage({ parts }: { parts: readonly string[] }) {
  const chosen = rowsOf(parts);
  return (
    <main className="page register-print">
      {chosen ? <DeskPaper rows={chosen} /> : <MonthPaper month={parts[0] ?? thisMonth()} />}
    </main>
  );
}

function MonthPaper({ month }: { month: string }) {
  const [on, setOn] = useState<string | null>(null);
  const { data, error, isPending, hasNextPage, fetchNextPage } = useMonthRegister(month, on);
  useEffect(() => {
    // Paper has no second page to ask for: all of it is fetched.
    if (hasNextPage) void fetchNextPage();
  }, [hasNextPage, fetchNextPage, data]);
  const head = data?.pages[0];
  const rows = data?.pages.flatMap((page) => page.items) ?? [];
  const file = `/api/v1/months/${month}/register/file?language=${language()}${on ? `&on=${on}` : ""}`;
  return (
    <>
      <div className="acts register-acts">
        <MonthField
          month={month}
          last={thisMonth()}
          onPick={(next) => {
            setOn(null);
            go(`/register/${next}`);
          }}
        />
        <select
          className="field field-day"
          value={on ?? ""}
          aria-label={t("register.day")}
          onChange={(event) => setOn(event.target.value || null)}
          data-testid="register-day"
        >
          <option value="">{t("register.whole_month")}</option>
          {daysOf(month).map((day) => (
            <option key={day} value={day}>
              {dayWords(day)}
            </option>
          ))}
        </select>
        <ActButton words={t("register.print")} onClick={() => print()} testId="print" />
        <a href={file} download data-testid="register-pdf">
          {t("register.pdf")}
        </a>
      </div>
      {error ? <Bar tone="warn">{refusal(error, "read")}</Bar> : null}
      {isPending ? <Skeleton active /> : null}
      {head ? (
        <RegisterPaper
          title={t("register.title", { site: head.site_name, month: head.of })}
          columns={head.columns}
          rows={rows}
        />
      ) : null}
    </>
  );
}
