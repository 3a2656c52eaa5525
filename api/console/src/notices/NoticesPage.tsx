import { Skeleton } from "antd";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { change, send } from "../api/client";
import { useNotices } from "../api/queries";
import type { Notice } from "../api/contract";
import { Link } from "../app/Link";
import { ActButton } from "../parts/ActButton";
import { Bar } from "../parts/Bar";
import { Why } from "../parts/Why";
import { refusal } from "../parts/refusal";
import { Moment } from "../time/Moment";
import { both, t } from "../words/words";

/** Calls to step in, to me. Acknowledged means: I have read it and I act. */
export default function NoticesPage() {
  const client = useQueryClient();
  const { data, error, isPending } = useNotices();
  const acknowledge = useMutation({
    mutationFn: (id: number) => send(change("/api/v1/notices/{number}/acknowledge", id, undefined)),
    onSettled: () => client.invalidateQueries({ queryKey: ["notices"] }),
  });
  const open = data?.items.filter((one) => !one.acknowledged_at) ?? [];
  const read = data?.items.filter((one) => one.acknowledged_at) ?? [];
  const rows = (notices: readonly Notice[]) =>
    notices.map((notice) => (
      <li key={notice.id} className="notice" data-testid={`notice-${notice.id}`}>
        <div>
          <Link to={`/issues/${notice.issue}`}>#{notice.issue}</Link>{" "}
          <Moment at={notice.at} seconds={false} />
          <p>{both(notice.reason)}</p>
        </div>
        {notice.acknowledged_at ? (
          <span className="quiet">
            {t("notices.read_at")} <Moment at={notice.acknowledged_at} seconds={false} />
          </span>
        ) : (
          <ActButton
            words={t("notices.acknowledge")}
            onClick={() => acknowledge.mutate(notice.id)}
            busy={acknowledge.isPending && acknowledge.variables === notice.id}
            primary
            testId={`acknowledge-${notice.id}`}
          />
        )}
      </li>
    ));
  return (
    <main className="page">
      <h2>
        {t("notices.open")} <span className="count">{open.length}</span>
      </h2>
      {error ? <Bar tone="warn">{refusal(error, "read")}</Bar> : null}
      {acknowledge.error ? <Bar tone="warn">{refusal(acknowledge.error)}</Bar> : null}
      {isPending ? <Skeleton active /> : null}
      {!isPending && open.length === 0 ? <Why words={t("notices.none")} /> : null}
      <ul className="notices">{rows(open)}</ul>
      {read.length > 0 ? <h2>{t("notices.read")}</h2> : null}
      <ul className="notices">{rows(read)}</ul>
    </main>
  );
}
