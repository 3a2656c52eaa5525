import { Skeleton } from "antd";
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { change, read, send } from "../api/client";
import { Link } from "../app/Link";
import { ActButton } from "../parts/ActButton";
import { UrgencyMark } from "../parts/ClassMark";
import { Bar } from "../parts/Bar";
import { Why } from "../parts/Why";
import { refusal } from "../parts/refusal";
import { Moment } from "../time/Moment";
import { both, named, t } from "../words/words";
import { Messengers } from "./Messengers";

const OFTEN = 10_000;

/** What went to whose telephone, and whom nothing reached: somebody has to call him himself. */
export default function MessagesPage() {
  const client = useQueryClient();
  const [failedOnly, setFailedOnly] = useState(true);
  const { data, error, isPending } = useQuery({
    queryKey: ["messages", failedOnly],
    queryFn: () => read("/api/v1/messages", failedOnly ? { state: ["failed"], limit: 200 } : { limit: 200 }),
    refetchInterval: OFTEN,
  });
  const again = useMutation({
    mutationFn: (id: number) => send(change("/api/v1/messages/{number}/retry", id, undefined)),
    onSettled: () => client.invalidateQueries({ queryKey: ["messages"] }),
  });
  const rows = data?.items ?? [];
  return (
    <main className="page" tabIndex={0} data-testid="messages-page">
      <h2>{t("messages.title")}</h2>
      <nav className="acts" aria-label={t("messages.state")}>
        <button type="button" className="plain" aria-pressed={failedOnly} onClick={() => setFailedOnly(true)} data-testid="messages-failed">
          {t("messages.failed")} <span className="count">{data?.failed ?? 0}</span>
        </button>
        <button type="button" className="plain" aria-pressed={!failedOnly} onClick={() => setFailedOnly(false)} data-testid="messages-all">
          {t("messages.all")}
        </button>
      </nav>
      {error ? <Bar tone="warn">{refusal(error, "read")}</Bar> : null}
      {again.error ? <Bar tone="warn">{refusal(again.error)}</Bar> : null}
      {isPending ? <Skeleton active /> : null}
      {data && rows.length === 0 ? (
        <Why words={t(failedOnly ? "messages.none_failed" : "messages.none")} />
      ) : null}
      {rows.length > 0 ? (
        <table className="plain-table">
          <thead>
            <tr>
              <th>{t("messages.to")}</th>
              <th>{t("field.message")}</th>
              <th>{t("messages.way")}</th>
              <th>{t("messages.state")}</th>
              <th>{t("messages.said")}</th>
            </tr>
          </thead>
          <tbody>
            {rows.map((one) => (
              <tr key={one.id} data-testid={`message-${one.id}`}>
                <td>
                  <b>{one.to.name}</b>
                </td>
                <td>
                  {one.issue === null ? both(one.words) : <Link to={`/issues/${one.issue}`}>{both(one.words)}</Link>} <UrgencyMark urgency={one.urgency} />
                </td>
                <td>{one.way === "push" ? t("messages.push") : one.way}</td>
                <td>
                  <span className={one.state === "failed" ? "tag tag-danger" : "tag"}>
                    {one.state === "failed" ? "▲ " : ""}
                    {named("message_state", one.state)}
                  </span>{" "}
                  <Moment at={one.sent_at ?? (one.state === "waiting" ? one.due_at : one.created_at)} seconds={false} />
                  {one.answered_at ? <span className="quiet"> {t("messages.answered")}</span> : null}
                </td>
                <td>
                  {one.said ? <q className="quiet">{one.said}</q> : "–"}{" "}
                  {one.state === "failed" ? (
                    <ActButton
                      words={t("messages.retry")}
                      onClick={() => again.mutate(one.id)}
                      busy={again.isPending && again.variables === one.id}
                      testId={`retry-${one.id}`}
                    />
                  ) : null}
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      ) : null}
      <Messengers />
    </main>
  );
}
