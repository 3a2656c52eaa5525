import { Skeleton } from "antd";
import { useReviews } from "../api/queries";
import type { ReviewRow } from "../api/contract";
import { Link } from "../app/Link";
import { go } from "../app/route";
import { Bar } from "../parts/Bar";
import { Why } from "../parts/Why";
import { refusal } from "../parts/refusal";
import { pathOf } from "../queue/title";
import { Moment } from "../time/Moment";
import { both, named, t } from "../words/words";
import { ReviewBench } from "./ReviewBench";
import "./review.css";

/** Was it really handled: what waits, the one whose recording goes first at the top. */
export default function ReviewPage({ number }: { number: number | null }) {
  const { data, error, isPending } = useReviews();
  const rows = data?.items ?? [];
  const row = number === null ? rows[0] : rows.find((one) => one.issue.number === number);
  const next = () => {
    const other = rows.find((one) => one.issue.number !== row?.issue.number);
    go(other ? `/reviews/${other.issue.number}` : "/reviews");
  };
  return (
    <main className="review-page" data-testid="review-page">
      <nav className="column review-queue" aria-label={t("review.queue")}>
        <h2>
          {t("review.queue")} <span className="count">{rows.length}</span>
        </h2>
        <p className="quiet">{t("review.note")}</p>
        {error ? <Bar tone="warn">{refusal(error, "read")}</Bar> : null}
        {isPending ? <Skeleton active /> : null}
        <ol>
          {rows.map((one) => (
            <Waiting key={one.review.id} row={one} current={one === row} />
          ))}
        </ol>
      </nav>
      {row ? (
        <ReviewBench key={row.review.id} row={row} onDone={next} />
      ) : isPending ? null : (
        <Why words={number === null ? t("review.none") : t("review.gone", { number })} />
      )}
    </main>
  );
}

function Waiting({ row: { review, issue }, current }: { row: ReviewRow; current: boolean }) {
  return (
    <li>
      <Link
        to={`/reviews/${issue.number}`}
        className="review-row"
        current={current}
        testId={`review-${issue.number}`}
      >
        <b>
          #{issue.number} {both(issue.category)}
        </b>
        <span className="quiet">{issue.place ? pathOf(issue.place.path, 2) : null}</span>
        <span>
          {t("review.due")} <Moment at={review.due_at} seconds={false} />
          {review.late ? <span className="tag tag-danger">{t("review.late")}</span> : null}
          <span className="tag">{named("why", review.why)}</span>
        </span>
      </Link>
    </li>
  );
}
