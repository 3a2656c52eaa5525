import type { Issue } from "../api/contract";
import { Link } from "../app/Link";
import { may } from "../session/allowed";
import { useMe } from "../session/context";
import { named, t } from "../words/words";
import { saidBy } from "./Machine";
import { Pictures } from "./Pictures";

/** What cameras saw when it was said to be handled, and what somebody else made of it. */
export function Claim({ issue }: { issue: Issue }) {
  const me = useMe();
  const { review } = issue;
  // What the machine has drawn must not lead whoever is still to decide.
  const decided = review?.state === "decided";
  const pictures = issue.pictures.filter(
    (one) => one.report === null && !one.by && (decided || one.label !== "compared"),
  );
  if (!review && pictures.length === 0) return null;
  return (
    <section className="report-card" data-testid="claim">
      <h3>{t("review.claim")}</h3>
      <Pictures pictures={pictures} purpose="issue" />
      {review ? (
        <>
          <p data-testid="review-state">
            {stands(review)}
            {review.state === "open" && may(me, "review") ? (
              <>
                {" "}
                <Link to={`/reviews/${issue.number}`}>{t("review.go")}</Link>
              </>
            ) : null}
          </p>
          {review.reason ? <p className="work-words">{review.reason}</p> : null}
          {decided ? (
            <p className="quiet">
              {t("review.machine")}
              {t("join.colon")}
              {saidBy(review.comparison)}
              {review.agreed === null ? null : (
                <span className="tag">
                  {t(review.agreed ? "review.agreed" : "review.disagreed")}
                </span>
              )}
            </p>
          ) : null}
        </>
      ) : null}
    </section>
  );
}

function stands(review: NonNullable<Issue["review"]>): string {
  if (review.state === "open") return t("review.open");
  if (review.state === "withdrawn") return t("review.withdrawn");
  return t("review.decided", {
    name: review.decided_by?.name ?? "",
    verdict: named("verdict", review.verdict),
  });
}
