import { useState } from "react";
import type { ReviewRow } from "../api/contract";
import { Link } from "../app/Link";
import { Bar } from "../parts/Bar";
import { Fact, Facts } from "../parts/Facts";
import { pathOf } from "../queue/title";
import { Moment } from "../time/Moment";
import { both, named, t } from "../words/words";
import { Machine } from "./Machine";
import { Overlay } from "./Overlay";
import { Pictures } from "./Pictures";
import { Shot } from "./Shot";
import { VerdictForm } from "./VerdictForm";
import { camerasOf, comparable, pairOf } from "./pair";

interface ReviewBenchProps {
  row: ReviewRow;
  onDone: () => void;
}

/** One claim: what it was, what it is now, what one makes of it; the machine speaks last. */
export function ReviewBench({ row, onDone }: ReviewBenchProps) {
  const { review, issue, pictures } = row;
  const cameras = camerasOf(pictures.filter((one) => one.label !== "compared"));
  const [chosen, setChosen] = useState<string | null>(null);
  const camera = chosen ?? review.camera?.code ?? cameras[0]?.code ?? "";
  const pair = pairOf(pictures, camera);
  const laid = comparable(pair);
  return (
    <section className="column review-bench" aria-label={t("review.verdict")}>
      <header>
        <h1>
          <Link to={`/issues/${issue.number}`}>#{issue.number}</Link> {both(issue.category)}
        </h1>
        <p className="work-where">
          {issue.place ? pathOf(issue.place.path) : t("place.unknown")}
        </p>
        {issue.words ? <p className="work-words">{issue.words}</p> : null}
      </header>
      <div className="review-body">
        <div className="review-sight">
          {cameras.length > 1 ? (
            <div className="acts" role="group" aria-label={t("review.camera")}>
              {cameras.map((one) => (
                <button
                  key={one.code}
                  type="button"
                  className="plain"
                  aria-pressed={one.code === camera}
                  onClick={() => setChosen(one.code)}
                >
                  {one.name}
                </button>
              ))}
            </div>
          ) : null}
          <div className="shots">
            {[pair.before, pair.at, pair.now].map((one) =>
              one ? <Shot key={one.id} picture={one} purpose="review" /> : null,
            )}
          </div>
          <Pictures pictures={pictures.filter((one) => one.by)} purpose="review" />
          {laid ? (
            <Overlay key={camera} before={laid[0]} after={laid[1]} />
          ) : (
            <Bar>{t("review.no_pair")}</Bar>
          )}
        </div>
        <div className="review-say">
          <VerdictForm review={review} onDone={onDone} />
          <Facts>
            <Fact name={t("review.handled_at")}>
              <Moment at={review.handled_at} />
            </Fact>
            <Fact name={t("review.how")}>{issue.handled_how}</Fact>
            <Fact name={t("review.handlers")}>
              {review.handlers.map((one) => one.name).join(t("join.comma"))}
            </Fact>
            <Fact name={t("review.why")}>{named("why", review.why)}</Fact>
            <Fact name={t("review.overwritten")}>
              <Moment at={review.overwritten_at} seconds={false} />
            </Fact>
          </Facts>
          <Machine review={review} />
        </div>
      </div>
    </section>
  );
}
