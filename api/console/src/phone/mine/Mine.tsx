import { Asof } from "../duties/Asof";
import type { useOutbox } from "../outbox/outbox";
import { OutboxList } from "../outbox/OutboxList";
import { useReading } from "../reading";
import { remove } from "../../api/client";
import { forget } from "../outbox/box";
import type { Session } from "../session";
import { shown } from "../time";
import { Pin } from "../Pin";
import { both, named, t, where } from "../words";
import { Proposals } from "./Proposals";
import { Push } from "./Push";

interface Props {
  of: string;
  session: Session;
  outbox: ReturnType<typeof useOutbox>;
  onGone: () => void;
}

/** What is mine: how much I did, my points and what is proposed, my open issues, what I sent. */
export function Mine({ of, session, outbox, onGone }: Props) {
  const sees = session.actions.includes("read_issues");
  const followUps = useReading(of, "/api/v1/followups");
  const ledger = useReading(of, "/api/v1/merit/ledger/mine", { limit: 20 });
  const issues = useReading(of, "/api/v1/issues", { mine: true, open: true, limit: 50 });
  const leave = async () => {
    await remove("/api/v1/session").catch(() => undefined);
    await forget();
    onGone();
  };
  return (
    <div data-testid="mine">
      <h1>{t("phone.tab_mine")}</h1>
      <Asof reading={ledger} />
      <dl className="numbers">
        <div>
          <dt>{t("phone.points")}</dt>
          <dd data-testid="points">{ledger.value?.balance ?? "—"}</dd>
        </div>
        <div>
          <dt>{t("phone.spot_month")}</dt>
          <dd data-testid="spot-count">{followUps.value?.on_the_spot ?? "—"}</dd>
        </div>
        <div className={(followUps.value?.missed_days ?? 0) > 0 ? "late" : ""}>
          <dt>{t("phone.missed_days")}</dt>
          <dd>{followUps.value?.missed_days ?? "—"}</dd>
        </div>
      </dl>
      <Proposals of={of} />
      {(ledger.value?.items ?? []).map((line) => (
        <p key={line.number} className="line">
          <b>{line.points > 0 ? `+${line.points}` : line.points}</b> {both(line.sentence)}{" "}
          <span className="quiet">{shown(line.at)}</span>
        </p>
      ))}
      {sees ? (
        <section aria-label={t("phone.my_open")}>
          <h2>{t("phone.my_open")}</h2>
          <ul className="cards">
            {(issues.value?.items ?? []).map((one) => (
              <li key={one.number} className="card" data-testid={`issue-${one.number}`}>
                <h3>
                  #{one.number} {both(one.category)} <span className="tag">{named("status", one.status)}</span>
                </h3>
                <p><Pin /> {where(one.place, 3)}</p>
                <p className="said">{one.words}</p>
                <p className="quiet">{shown(one.reported_at)}</p>
              </li>
            ))}
          </ul>
          {issues.value?.items.length === 0 ? <p className="quiet">{t("phone.none_open")}</p> : null}
        </section>
      ) : null}
      <Push />
      <OutboxList items={outbox.items} last={20} />
      {outbox.waiting > 0 ? <p className="bar warn">{t("phone.leave_waits", { count: outbox.waiting })}</p> : null}
      <button type="button" className="big" onClick={() => void leave()} data-testid="log-out">
        {t("phone.log_out")}
      </button>
    </div>
  );
}
