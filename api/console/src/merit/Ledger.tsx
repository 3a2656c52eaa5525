import { Skeleton } from "antd";
import { useInfiniteQuery } from "@tanstack/react-query";
import { read } from "../api/client";
import type { LedgerLine } from "../api/contract";
import { ActButton } from "../parts/ActButton";
import { Bar } from "../parts/Bar";
import { Why } from "../parts/Why";
import { refusal } from "../parts/refusal";
import { Moment } from "../time/Moment";
import { both, named, t } from "../words/words";
import { about, points } from "./about";

/** The ledger, the last line first; of oneself with its sum. */
export function Ledger({ mine }: { mine: boolean }) {
  const { data, error, isPending, hasNextPage, fetchNextPage } = useInfiniteQuery({
    queryKey: ["merit", "ledger", mine],
    queryFn: ({ pageParam }) =>
      mine
        ? read("/api/v1/merit/ledger/mine", { cursor: pageParam })
        : read("/api/v1/merit/ledger", { cursor: pageParam }),
    initialPageParam: null as number | null,
    getNextPageParam: (page) => (page.next_cursor ? Number(page.next_cursor) : null),
  });
  const lines = data?.pages.flatMap((page) => page.items) ?? [];
  const balance = data?.pages[0]?.balance ?? null;
  return (
    <section data-testid="ledger">
      <h2>
        {t(mine ? "merit.my_points" : "merit.part.ledger")}{" "}
        {balance === null ? null : <strong data-testid="balance">{points(balance)}</strong>}
      </h2>
      {error ? <Bar tone="warn">{refusal(error, "read")}</Bar> : null}
      {isPending ? <Skeleton active /> : null}
      {data && lines.length === 0 ? <Why words={t("merit.ledger_none")} /> : null}
      {lines.length > 0 ? <Lines lines={lines} /> : null}
      {hasNextPage ? <ActButton words={t("merit.more")} onClick={() => void fetchNextPage()} /> : null}
    </section>
  );
}

export function Lines({ lines }: { lines: readonly LedgerLine[] }) {
  return (
    <table className="plain-table">
      <thead>
        <tr>
          <th>{t("merit.who")}</th>
          <th>{t("merit.points")}</th>
          <th>{t("merit.consequence")}</th>
          <th>{t("merit.for")}</th>
          <th>{t("merit.month")}</th>
          <th>{t("merit.decided_by")}</th>
        </tr>
      </thead>
      <tbody>
        {lines.map((line) => (
          <tr key={line.number}>
            <td>{about(line)}</td>
            <td>{points(line.points)}</td>
            <td>{named("consequence", line.consequence)}</td>
            <td>{both(line.sentence)}</td>
            <td>{line.month}</td>
            <td>
              {line.by?.name} <Moment at={line.at} seconds={false} />
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
