import { Skeleton } from "antd";
import { useCell, useMonth } from "../api/queries";
import { Link } from "../app/Link";
import { ActButton } from "../parts/ActButton";
import { Bar } from "../parts/Bar";
import { Why } from "../parts/Why";
import { refusal } from "../parts/refusal";
import { pathOf } from "../queue/title";
import { Moment } from "../time/Moment";
import { both, named, t } from "../words/words";
import { useCellWords } from "./useCellWords";

/** The issues behind a number: as many as it says. */
export function CellPage({ month, cell }: { month: string; cell: string }) {
  const { data, error, isPending, hasNextPage, fetchNextPage } = useCell(month, cell);
  const wordsOf = useCellWords(useMonth(month).data?.report);
  const pages = data?.pages ?? [];
  const n = pages[0]?.n ?? 0;
  const items = pages.flatMap((page) => page.items);
  return (
    <main className="page">
      <p>
        <Link to={`/months/${month}`}>{month}</Link>
      </p>
      <h2>
        {wordsOf(cell)} <span className="count">{n}</span>
      </h2>
      {error ? <Bar tone="warn">{refusal(error, "read")}</Bar> : null}
      {isPending ? <Skeleton active /> : null}
      {!isPending && !error && n === 0 ? <Why words={t("months.nothing_behind")} /> : null}
      {items.length > 0 ? (
        <table className="plain-table" data-testid="behind">
          <thead>
            <tr>
              <th>{t("column.number")}</th>
              <th>{t("months.at")}</th>
              <th>{t("month.column.channel")}</th>
              <th>{t("column.place")}</th>
              <th>{t("column.what")}</th>
              <th>{t("column.reporter")}</th>
              <th>{t("column.status")}</th>
              {items.some((one) => one.seconds !== null) ? <th>{t("months.seconds")}</th> : null}
            </tr>
          </thead>
          <tbody>
            {items.map((one, at) => (
              <tr key={at}>
                <td>
                  {one.issue ? (
                    <Link to={`/issues/${one.issue.number}`}>#{one.issue.number}</Link>
                  ) : (
                    t("months.site_wide")
                  )}
                </td>
                <td>
                  <Moment at={one.at} seconds={false} />
                </td>
                <td>{named("channel", one.issue?.channel)}</td>
                <td>{one.issue?.place ? pathOf(one.issue.place.path, 2) : ""}</td>
                <td>
                  {both(one.issue?.category)} <span className="quiet">{one.issue?.words}</span>
                </td>
                <td>{one.issue?.first_reporter?.name ?? ""}</td>
                <td>{named("status", one.issue?.status)}</td>
                {one.seconds === null ? null : <td>{one.seconds}</td>}
              </tr>
            ))}
          </tbody>
        </table>
      ) : null}
      {hasNextPage ? (
        <ActButton words={t("months.more")} onClick={() => void fetchNextPage()} />
      ) : null}
    </main>
  );
}
