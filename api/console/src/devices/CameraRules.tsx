import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { change, send } from "../api/client";
import type { CameraRule } from "../api/contract";
import { useCameraRules } from "../api/queries";
import { Bar } from "../parts/Bar";
import { ReasonForm } from "../parts/ReasonForm";
import { Why } from "../parts/Why";
import { refusal } from "../parts/refusal";
import { may } from "../session/allowed";
import { useMe } from "../session/context";
import { Moment } from "../time/Moment";
import { named, t } from "../words/words";

const keyOf = (rule: CameraRule) => `${rule.camera.code}/${rule.what}`;

/** How each rule by which a camera finds something has fared, and which are muted. */
export function CameraRules() {
  const { data: rules = [], error } = useCameraRules();
  const unmutes = may(useMe(), "unmute_rule");
  const [opened, setOpened] = useState<string | null>(null);
  const client = useQueryClient();
  const act = useMutation({
    mutationFn: (body: { camera: string; what: CameraRule["what"]; reason: string }) =>
      send(change("/api/v1/camera-rules/unmute", undefined, body)),
    onSuccess: () => setOpened(null),
    onSettled: () => client.invalidateQueries({ queryKey: ["camera-rules"] }),
  });
  const chosen = rules.find((rule) => keyOf(rule) === opened);
  return (
    <section aria-label={t("eyes.rules")} data-testid="camera-rules">
      <h2>{t("eyes.rules")}</h2>
      {error ? <Bar tone="warn">{refusal(error, "read")}</Bar> : null}
      {rules.length === 0 ? <Why words={t("eyes.rules_none")} /> : null}
      {rules.length > 0 ? (
        <table className="plain-table">
          <thead>
            <tr>
              <th>{t("devices.state")}</th>
              <th>{t("eyes.camera")}</th>
              <th>{t("eyes.what")}</th>
              <th>{t("eyes.fared")}</th>
              <th>{t("eyes.precision")}</th>
              <th />
            </tr>
          </thead>
          <tbody>
            {rules.map((rule) => (
              <tr key={keyOf(rule)} data-testid={`camera-rule-${keyOf(rule)}`}>
                <td className={rule.muted_at ? "device-silent" : "device-heard"}>
                  <State rule={rule} />
                </td>
                <td>{rule.camera.name}</td>
                <td>
                  {named("event", rule.what)}
                  {rule.experimental ? <span className="quiet"> {t("eyes.experimental")}</span> : null}
                </td>
                <td>
                  {rule.confirmed} / {rule.rejected}
                </td>
                <td>{rule.precision === null ? "–" : `${Math.round(rule.precision * 100)} %`}</td>
                <td>
                  {unmutes && rule.muted_at ? (
                    <button type="button" className="link" onClick={() => setOpened(keyOf(rule))}>
                      {t("eyes.unmute")}
                    </button>
                  ) : null}
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      ) : null}
      {chosen ? (
        <ReasonForm
          key={keyOf(chosen)}
          title={`${t("eyes.unmute")} · ${chosen.camera.name} · ${named("event", chosen.what)}`}
          label={t("eyes.why")}
          busy={act.isPending}
          onSubmit={(reason) =>
            act.mutate({ camera: chosen.camera.code, what: chosen.what, reason })
          }
        />
      ) : null}
      {act.error ? <Bar tone="warn">{refusal(act.error)}</Bar> : null}
    </section>
  );
}

function State({ rule }: { rule: CameraRule }) {
  if (!rule.muted_at) {
    return (
      <>
        <span aria-hidden="true">●</span> {t("eyes.finds")}
      </>
    );
  }
  return (
    <>
      <span aria-hidden="true">▲</span> {t("eyes.muted")} <Moment at={rule.muted_at} />
    </>
  );
}
