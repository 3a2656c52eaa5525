import { Suspense, lazy } from "react";
import { Link } from "../app/Link";
import { Why } from "../parts/Why";
import { t } from "../words/words";
import type { ChartSpec } from "./spec";
import { drawn, said } from "./spec";
import "./charts.css";

const Plot = lazy(() => import("./Plot"));

interface ChartProps {
  /** Its title: no chart without a question. */
  question: string;
  spec: ChartSpec;
  testId?: string;
}

/** A question, the drawing that answers it, and the same numbers as a table of links. */
export function Chart({ question, spec, testId }: ChartProps) {
  return (
    <figure className="chart" data-testid={testId}>
      <figcaption>
        <h3>{question}</h3>
      </figcaption>
      {drawn(spec) ? (
        <>
          <Suspense fallback={<p className="quiet" data-loading>{t("chart.loading")}</p>}>
            <Plot spec={spec} label={question} />
          </Suspense>
          <p className="quiet chart-hint">{t("chart.opens")}</p>
          <Numbers spec={spec} question={question} />
        </>
      ) : (
        <Why words={t("chart.none")} />
      )}
    </figure>
  );
}

/** For the keyboard, for ears, and for whoever wants it exactly. */
function Numbers({ spec, question }: { spec: ChartSpec; question: string }) {
  return (
    <details>
      <summary>{t("chart.as_table")}</summary>
      <div className="wide">
        <table className="plain-table" aria-label={question}>
          <thead>
            <tr>
              <td />
              {spec.series.map((one) => (
                <th key={one.name} scope="col">
                  {one.name}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {spec.labels.map((label, at) => (
              <tr key={label}>
                <th scope="row">{label}</th>
                {spec.series.map((one) => {
                  const words = said(spec, one.values[at] ?? null);
                  const to = one.values[at] ? one.to[at] : null;
                  return <td key={one.name}>{to ? <Link to={to}>{words}</Link> : words}</td>;
                })}
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </details>
  );
}
