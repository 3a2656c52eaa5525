import { Button, Input } from "antd";
import { useQueryClient } from "@tanstack/react-query";
import type { FormEvent } from "react";
import { useState } from "react";
import { Refused, change, send } from "../api/client";
import { Bar } from "../parts/Bar";
import { refusal } from "../parts/refusal";
import { useSettings } from "../app/settings";
import { LanguageSwitch } from "../app/LanguageSwitch";
import { t, useLanguage } from "../words/words";
import "./log-in.css";

/** One page, two fields. Whether a name is known is nobody's business: the refusal is one sentence. */
export function LogIn() {
  useLanguage();
  const client = useQueryClient();
  const [login, setLogin] = useState("");
  const [password, setPassword] = useState("");
  const { siteName, workstation } = useSettings();
  const [site, setSite] = useState("");
  const [asksSite, setAsksSite] = useState(false);
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState<unknown>(null);

  const submit = async (event: FormEvent) => {
    event.preventDefault();
    setBusy(true);
    setProblem(null);
    try {
      const body = { login, password, workstation, ...(site ? { site } : {}) };
      client.setQueryData(["session"], await send(change("/api/v1/session", undefined, body)));
    } catch (refused) {
      setProblem(refused);
      if (refused instanceof Refused && refused.code.includes("site")) setAsksSite(true);
      setBusy(false);
    }
  };

  return (
    <main className="log-in">
      <form onSubmit={(event) => void submit(event)}>
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
            <Button type="link" size="small" onClick={() => setAsksSite(true)}>
              {t("login.other_site")}
            </Button>
          )}
          <LanguageSwitch />
        </div>
      </form>
    </main>
  );
}
