import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { change, sendOnce } from "../api/client";
import type { Staff } from "../api/contract";
import { ActButton } from "../parts/ActButton";
import { Bar } from "../parts/Bar";
import { refusal } from "../parts/refusal";
import { t } from "../words/words";

/** A new password: made by the server, shown here once, and gone when the card is left. */
export function LogInOnce({ person }: { person: Staff }) {
  const client = useQueryClient();
  const [sure, setSure] = useState(false);
  const renew = useMutation({
    mutationFn: () =>
      sendOnce(change("/api/v1/administration/people/{code}/log-in", { code: person.code }, undefined)),
    onSuccess: () => client.invalidateQueries({ queryKey: ["administration"] }),
    // Not even the browser keeps it once nobody looks at it.
    gcTime: 0,
    retry: false,
  });
  return (
    <section className="reason-form" data-testid="log-in-once">
      <h2>{t("administration.log_in")}</h2>
      <p className="quiet">
        {person.login
          ? t("administration.logs_in_as", { login: person.login })
          : t("administration.no_log_in")}
      </p>
      {renew.error ? <Bar tone="warn">{refusal(renew.error)}</Bar> : null}
      {renew.data ? (
        <Bar testId="password-once">
          {t("administration.once")}
          <dl className="office-secret">
            <dt>{t("administration.log_in")}</dt>
            <dd data-testid="once-login">{renew.data.login}</dd>
            <dt>{t("administration.password")}</dt>
            <dd data-testid="once-password">{renew.data.password}</dd>
          </dl>
        </Bar>
      ) : sure ? (
        <Bar
          tone="warn"
          action={
            <ActButton
              words={t("administration.renew_yes")}
              onClick={() => renew.mutate()}
              busy={renew.isPending}
              testId="renew-yes"
            />
          }
        >
          {t("administration.renew_note")}
        </Bar>
      ) : (
        <div className="acts">
          <ActButton
            words={t(person.login ? "administration.renew" : "administration.give_log_in")}
            onClick={() => setSure(true)}
            testId="renew"
          />
        </div>
      )}
    </section>
  );
}
