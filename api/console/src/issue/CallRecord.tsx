import type { Report } from "../api/contract";
import { Fact, Facts } from "../parts/Facts";
import { Moment } from "../time/Moment";
import { age } from "../time/format";
import { named, t } from "../words/words";

/** The call as the device told it: rang, answered, ended, and how long each took. */
export function CallRecord({ call }: { call: NonNullable<Report["call"]> }) {
  const between = (from: string, to: string) => age(Date.parse(to) - Date.parse(from));
  return (
    <Facts>
      <Fact name={t("call.title")}>
        <b>{named("call", call.state)}</b>
      </Fact>
      <Fact name={t("call.rang_at")}>
        <Moment at={call.rang_at} />
      </Fact>
      <Fact name={t("call.answered_at")}>
        {call.answered_at ? (
          <>
            <Moment at={call.answered_at} />{" "}
            <span className="quiet">
              {t("call.rang_for", { time: between(call.rang_at, call.answered_at) })}
            </span>
          </>
        ) : null}
      </Fact>
      <Fact name={t("call.ended_at")}>
        {call.ended_at ? (
          <>
            <Moment at={call.ended_at} />{" "}
            <span className="quiet">
              {t("call.talked_for", {
                time: between(call.answered_at ?? call.rang_at, call.ended_at),
              })}
            </span>
          </>
        ) : null}
      </Fact>
    </Facts>
  );
}
