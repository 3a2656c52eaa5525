import { useDeferredValue } from "react";
import type { Write } from "../api/client";
import type { Issue } from "../api/contract";
import { Link } from "../app/Link";
import { ActButton } from "../parts/ActButton";
import { Bar } from "../parts/Bar";
import { refusal } from "../parts/refusal";
import { may } from "../session/allowed";
import { useMe } from "../session/context";
import { named, t } from "../words/words";
import { useChange, useSimilar } from "./queries";

interface SimilarProps {
  text: string;
  place: string | null;
  category: string | null;
  /** The issue that is being typed about is not like itself. */
  except?: number;
  /** What joins the teller to a known issue; null: something is missing yet. */
  joining: (issue: number) => Write<Issue> | null;
  onJoined: (issue: Issue) => void;
}

/** Open issues that sound alike, offered while somebody types: joining makes him a reporter. */
export function Similar({ text, place, category, except, joining, onJoined }: SimilarProps) {
  const me = useMe();
  const { data } = useSimilar(useDeferredValue(text), place, category);
  const join = useChange<Issue>(onJoined);
  const found = (data?.items ?? []).filter(
    (one) => one.issue.number !== except && one.likeness >= 35,
  );
  if (found.length === 0 || !may(me, "join")) return null;
  return (
    <section className="report-card form-wide" data-testid="similar">
      <b>{t("similar.title")}</b>
      {join.error ? <Bar tone="warn">{refusal(join.error)}</Bar> : null}
      <ul>
        {found.map(({ issue, likeness }) => {
          const write = joining(issue.number);
          return (
            <li key={issue.number} data-testid={`similar-${issue.number}`}>
              <Link to={`/issues/${issue.number}`}>#{issue.number}</Link> {issue.words}{" "}
              <span className="quiet">
                {issue.place?.path.join(" ")} {named("status", issue.status)} {likeness} %
              </span>{" "}
              {write ? (
                <ActButton
                  words={t("similar.join")}
                  onClick={() => join.mutate(write)}
                  busy={join.isPending}
                  testId={`join-${issue.number}`}
                />
              ) : null}
            </li>
          );
        })}
      </ul>
    </section>
  );
}
