import { Button, Skeleton } from "antd";
import { useStorms } from "../api/storms";
import { Link } from "../app/Link";
import { Bar } from "../parts/Bar";
import { Why } from "../parts/Why";
import { refusal } from "../parts/refusal";
import { useNow } from "../time/clock";
import { t } from "../words/words";
import { RollCall } from "./RollCall";
import { stormTitle } from "./telling";
import "./storms.css";

/** All storms, or the roll-call of one. */
export default function StormsPage({ number }: { number: number | null }) {
  return number === null ? <Storms /> : <RollCall key={number} number={number} />;
}

function Storms() {
  const { data, error, isPending, hasNextPage, fetchNextPage } = useStorms();
  const now = useNow();
  const storms = (data?.pages ?? []).flatMap((page) => page.items);
  return (
    <main className="page" tabIndex={0} data-testid="storms-page">
      <h2>{t("storm.title")}</h2>
      {error ? <Bar tone="warn">{refusal(error, "read")}</Bar> : null}
      {isPending ? <Skeleton active /> : null}
      {!isPending && storms.length === 0 ? <Why words={t("storm.none")} /> : null}
      <ul className="storm-list">
        {storms.map((storm) => (
          <li key={storm.number}>
            <Link to={`/storms/${storm.number}`}>{stormTitle(storm, now)}</Link>{" "}
            <span className="quiet">
              {t("storm.events", { count: storm.events })} ·{" "}
              {storm.ticked < storm.events
                ? t("storm.left", { count: storm.events - storm.ticked })
                : t("storm.done")}
            </span>
          </li>
        ))}
      </ul>
      {hasNextPage ? (
        <Button onClick={() => void fetchNextPage()}>{t("storm.more")}</Button>
      ) : null}
    </main>
  );
}
