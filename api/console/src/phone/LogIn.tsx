import { Refused } from "../api/client";
import { remember } from "../app/settings";
import { useLogIn } from "../session/useLogIn";
import type { Who } from "./session";
import { know } from "./session";
import { refused } from "./refused";
import { t, useLanguage } from "./words";

export function LogIn({ onKnown }: { onKnown: (who: Who) => void }) {
  const other = useLanguage() === "zh" ? "en" : "zh";
  const asked = useLogIn(async (session) => onKnown(await know(session)));
  const { login, setLogin, password, setPassword, site, setSite, asksSite, busy, problem } = asked;
  return (
    <main className="log-in">
      <form onSubmit={(event) => void asked.submit(event)}>
        <h1>
          首问 <span className="quiet">{t("phone.subtitle")}</span>
        </h1>
        <label>
          {t("phone.login_name")}
          <input value={login} onChange={(event) => setLogin(event.target.value)} autoComplete="username" autoCapitalize="none" required data-testid="login-name" />
        </label>
        <label>
          {t("phone.login_password")}
          <input type="password" value={password} onChange={(event) => setPassword(event.target.value)} autoComplete="current-password" required data-testid="login-password" />
        </label>
        {asksSite ? (
          <label>
            {t("phone.login_site")}
            <input value={site} onChange={(event) => setSite(event.target.value)} autoCapitalize="none" />
          </label>
        ) : null}
        {problem ? (
          <p className="bar warn" role="alert">
            {problem instanceof Refused && problem.status === 401 ? t("phone.login_refused") : refused(problem)}
          </p>
        ) : null}
        <button type="submit" className="big primary" disabled={busy} data-testid="login-submit">
          {t("phone.log_in")}
        </button>
        <button type="button" className="plain" onClick={() => remember({ language: other })} data-testid="language">
          {other === "zh" ? "中文" : "English"}
        </button>
      </form>
    </main>
  );
}
