import { Skeleton } from "antd";
import { useMonths } from "../api/queries";
import { Link } from "../app/Link";
import { Bar } from "../parts/Bar";
import { Why } from "../parts/Why";
import { refusal } from "../parts/refusal";
import { t } from "../words/words";
import { CellPage } from "./CellPage";
import { percent } from "./cells";
import { MonthPage } from "./MonthPage";
import "./month.css";

/** The months, one month, or the issues behind one of its numbers. */
export default function MonthsPage({ month, cell }: { month: string | null; cell: string | null }) {
  if (month && cell) return <CellPage key={`${month} ${cell}`} month={month} cell={cell} />;
  if (month) return <MonthPage key={month} month={month} />;
  return <AllMonths />;
}

function AllMonths() {
  const { data, error, isPending } = useMonths();
  return (
    <main className="page">
      <h2>{t("months.report")}</h2>
      {error ? <Bar tone="warn">{refusal(error, "read")}</Bar> : null}
      {isPending ? <Skeleton active /> : null}
      {data?.items.length === 0 ? <Why words={t("months.none")} /> : null}
      {data && data.items.length > 0 ? (
        <table className="plain-table months" data-testid="months">
          <thead>
            <tr>
              <th>{t("months.month")}</th>
              <th>{t("measure.found_first")}</th>
              <th>{t("measure.repeat_rate")}</th>
              <th>{t("measure.problems")}</th>
              <th>{t("measure.told")}</th>
              <th />
            </tr>
          </thead>
          <tbody>
            {data.items.map((one) => (
              <tr key={one.month}>
                <td>
                  <Link to={`/months/${one.month}`} testId={`month-${one.month}`}>
                    {one.month}
                  </Link>
                </td>
                <td>{percent(one.found_first)}</td>
                <td>{percent(one.repeat_rate)}</td>
                <td>{one.problems}</td>
                <td>{one.told}</td>
                <td className="quiet">{t(one.closed ? "months.closed" : "months.now")}</td>
              </tr>
            ))}
          </tbody>
        </table>
      ) : null}
    </main>
  );
}
