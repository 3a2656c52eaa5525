import { Button, Input } from "antd";
import { useQueryClient } from "@tanstack/react-query";
import { Bar } from "../parts/Bar";
import { refusal } from "../parts/refusal";
import { useSettings } from "../app/settings";
import { LanguageSwitch } from "../app/LanguageSwitch";
import { t, useLanguage } from "../words/words";
import { useLogIn } from "./useLogIn";
import "./log-in.css";

/** One page, two fields. Whether a name is known is nobody's business: the refusal is one sentence. */
export function LogIn() {
  useLanguage();
  const client = useQueryClient();
  const { siteName, workstation } = useSettings();
  const asked = useLogIn((session) => client.setQueryData(["session"], session), { workstation });
  const { login, setLogin, password, setPassword, site, setSite, asksSite, busy, problem } = asked;
  return (
    <main className="log-in">
      <form onSubmit={(event) => void asked.submit(event)}>
        <h1>
          <span className="log-in-mark">首问</span>
          <span className="quiet">{t("login.subtitle")}</span>
          {siteName ? <b className="log-in-site">{siteName}</b> : null}
        </h1>
        <label>
          {t("login.name")}
          <Input
            value={login}
            onChange={(event) => setLogin(event.target.value)}
            autoComplete="username"
            autoFocus
            required
            data-testid="login-name"
          />
        </label>
        <label>
          {t("login.password")}
          <Input
            type="password"
            value={password}
            onChange={(event) => setPassword(event.target.value)}
            autoComplete="current-password"
            required
            data-testid="login-password"
          />
        </label>
        {asksSite ? (
          <label>
            {t("login.site")}
            <Input
              value={site}
              onChange={(event) => setSite(event.target.value)}
              data-testid="login-site"
            />
          </label>
        ) : null}
        {problem ? (
          <Bar tone="warn" testId="login-refused">
            {refusal(problem, "login")}
          </Bar>
        ) : null}
        <Button type="primary" htmlType="submit" loading={busy} block data-testid="login-submit">
          {t("login.submit")}
        </Button>
        <div className="log-in-foot">
          {asksSite ? null : (
            <Button type="link" size="small" onClick={() => asked.setAsksSite(true)}>
              {t("login.other_site")}
            </Button>
          )}
          <LanguageSwitch />
        </div>
      </form>
    </main>
  );
}
