import { Link } from "../app/Link";
import { may } from "../session/allowed";
import { useMe } from "../session/context";
import { t } from "../words/words";

/** From a report to its device's spot on a plan. */
export function OnPlan({ device }: { device: string | null | undefined }) {
  const me = useMe();
  if (!device || !may(me, "see_plans")) return null;
  return (
    <Link to={`/plans/-/${encodeURIComponent(device)}`} testId="on-plan">
      {t("plans.on_plan")}
    </Link>
  );
}
