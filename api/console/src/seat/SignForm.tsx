import { Input } from "antd";
import { useState } from "react";
import { useSign } from "../api/handovers";
import type { PresentSheet } from "../api/contract";
import { ActButton } from "../parts/ActButton";
import { Bar } from "../parts/Bar";
import { refusal } from "../parts/refusal";
import { useMe } from "../session/context";
import { useChangeUser } from "../session/useChangeUser";
import { t } from "../words/words";

/** Both sign what stands above, each by his own password; then the reliever is logged in here. */
export function SignForm({ present }: { present: PresentSheet }) {
  const me = useMe();
  const [own, setOwn] = useState("");
  const [login, setLogin] = useState("");
  const [his, setHis] = useState("");
  const sign = useSign();
  const changeUser = useChangeUser();
  const forbidden = present.forbidding.length > 0;
  const ready = own !== "" && login.trim() !== "" && his !== "" && !forbidden;
  const submit = () => {
    if (!ready || sign.isPending) return;
    const reliever = login.trim();
    sign.mutate(
      { sha256: present.sha256, password: own, login: reliever, reliever_password: his },
      { onSuccess: (done) => changeUser(reliever, his, `/handover/${done.number}`) },
    );
  };
  return (
    <form
      className="handover-sign"
      data-form
      aria-label={t("handover.sign")}
      onSubmit={(event) => {
        event.preventDefault();
        submit();
      }}
    >
      <h3>{t("handover.sign")}</h3>
      <p className="quiet">{t("handover.sign_note")}</p>
      <label>
        {t("handover.own_password", { name: me.person.name })}
        <Input
          type="password"
          value={own}
          onChange={(event) => setOwn(event.target.value)}
          autoComplete="off"
          data-testid="sign-own-password"
        />
      </label>
      <label>
        {t("handover.login")}
        <Input
          value={login}
          onChange={(event) => setLogin(event.target.value)}
          autoComplete="off"
          data-testid="sign-login"
        />
      </label>
      <label>
        {t("handover.his_password")}
        <Input
          type="password"
          value={his}
          onChange={(event) => setHis(event.target.value)}
          autoComplete="off"
          data-testid="sign-password"
        />
      </label>
      <div className="acts">
        <ActButton
          words={t("handover.both_sign")}
          submits
          primary
          disabled={!ready}
          busy={sign.isPending}
          testId="sign"
        />
      </div>
      {sign.error ? (
        <Bar tone="warn" testId="sign-refused">
          {refusal(sign.error)}
        </Bar>
      ) : null}
    </form>
  );
}
