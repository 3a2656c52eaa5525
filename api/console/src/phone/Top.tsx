import { remember } from "../app/settings";
import type { Ended } from "./outbox/sending";
import type { Session } from "./session";
import { t, useLanguage } from "./words";

/** Whose telephone, at which site, and honestly how sending stands. */
export function Top({ session, waiting, ended }: { session: Session; waiting: number; ended: Ended }) {
  const other = useLanguage() === "zh" ? "en" : "zh";
  return (
    <header className="top">
      <b>{session.person.name}</b>
      <span className="quiet">{session.site.name}</span>
      <span className="sending" role="status" data-testid="sending">
        {waiting > 0 ? `◷ ${t("phone.waiting", { count: waiting })}` : `✓ ${t("phone.all_sent")}`}
        {ended.why === "no_net" ? ` · ${t("phone.no_net")}` : ""}
      </span>
      <button
        type="button"
        className="plain"
        lang={other === "zh" ? "zh-CN" : "en"}
        onClick={() => remember({ language: other })}
        data-testid="language"
      >
        {other === "zh" ? "中文" : "English"}
      </button>
    </header>
  );
}
