import { useOnTest } from "../api/on-test";
import { Link } from "../app/Link";
import { Bar } from "../parts/Bar";
import { useNow } from "../time/clock";
import { moment } from "../time/format";
import { t } from "../words/words";
import { nameOf } from "./tests";

/** On every page: what sounds nothing at present, and loudest where it is about life and death. */
export function OnTestBar() {
  const { data: tests = [] } = useOnTest();
  const now = useNow();
  return tests
    .filter((test) => Date.parse(test.until) > now)
    .map((test) => (
      <Bar
        key={test.number}
        tone={test.life_safety ? "danger" : "warn"}
        testId={`on-test-bar-${test.number}`}
        action={<Link to="/devices">{t("on_test.look")}</Link>}
      >
        {t(test.life_safety ? "on_test.bar_life" : "on_test.bar", {
          name: nameOf(test),
          until: moment(Date.parse(test.until), now, false),
          by: test.begun_by.name,
          reason: test.reason,
        })}
      </Bar>
    ));
}
