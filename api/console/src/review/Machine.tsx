import { usePicture } from "../api/queries";
import type { Review } from "../api/contract";
import { refusal } from "../parts/refusal";
import { Moment } from "../time/Moment";
import { named, t } from "../words/words";
import { deviceWords } from "./device-words";

/** What the machine made of it, in words, below what the person has to say: it must not lead him. */
export function Machine({ review }: { review: Review }) {
  const { comparison } = review;
  return (
    <section className="machine" data-testid="machine">
      <h2>{t("review.machine")}</h2>
      <p>{saidBy(comparison)}</p>
      {comparison?.reasons ? <p className="quiet">{deviceWords(comparison.reasons)}</p> : null}
      {comparison?.reference_at ? (
        <p className="quiet">
          {t("review.reference")} <Moment at={comparison.reference_at} />
        </p>
      ) : null}
      {comparison?.machine ? (
        <p className="quiet">{t("review.machine_by", { machine: comparison.machine })}</p>
      ) : null}
      {comparison?.evidence ? (
        <details>
          <summary>{t("review.outlines")}</summary>
          <Outlines issue={review.issue} sha256={comparison.evidence} />
        </details>
      ) : null}
    </section>
  );
}

function Outlines({ issue, sha256 }: { issue: number; sha256: string }) {
  const { data, error } = usePicture(issue, sha256, "review");
  if (error) return <p>{refusal(error, "read")}</p>;
  return data ? <img src={data} alt={t("review.outlines")} /> : <p>{t("picture.loading")}</p>;
}

export function saidBy(comparison: Review["comparison"]): string {
  if (!comparison) return t("review.machine_none");
  if (!comparison.answered_at) return t("review.machine_waits");
  if (!comparison.verdict) {
    return t("review.machine_failed", { reason: deviceWords(comparison.reason) });
  }
  const { confidence } = comparison;
  return t("review.machine_says", {
    verdict: named("verdict", comparison.verdict),
    band: named("band", comparison.band),
    confidence: confidence === null ? "—" : `${Math.round(confidence * 100)} %`,
  });
}
