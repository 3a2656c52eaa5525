import { Skeleton } from "antd";
import { usePlaybooks } from "../api/duties";
import type { Playbook } from "../api/contract";
import { Bar } from "../parts/Bar";
import { UrgencyMark } from "../parts/ClassMark";
import { refusal } from "../parts/refusal";
import { useMe } from "../session/context";
import { both, named, t } from "../words/words";
import "./playbook.css";

/** What to do first about each kind of problem; what I do as what I am stands first. */
export default function PlaybooksPage() {
  const { data, error, isPending } = usePlaybooks();
  return (
    <main className="page" data-testid="playbooks">
      <h2>{t("playbook.all")}</h2>
      {error ? <Bar tone="warn">{refusal(error, "read")}</Bar> : null}
      {isPending ? <Skeleton active /> : null}
      <div className="playbooks">
        {data?.items.map((one) => <Card key={one.category.code} playbook={one} />)}
      </div>
    </main>
  );
}

function Card({ playbook }: { playbook: Playbook }) {
  const me = useMe();
  const mine = playbook.first_actions_of.find((one) => me.roles.includes(one.role));
  const others = playbook.first_actions_of.filter((one) => one !== mine);
  return (
    <article className="playbook-card" data-testid={`playbook-${playbook.category.code}`}>
      <h3>
        {both(playbook.category)} <UrgencyMark urgency={playbook.category.urgency} />
      </h3>
      <p>
        <b>{t("playbook.first")}</b> {both(mine?.words ?? playbook.first_actions)}
      </p>
      {mine ? (
        <p className="quiet">
          {t("playbook.others")} {both(playbook.first_actions)}
        </p>
      ) : null}
      {others.map((one) => (
        <p key={one.role} className="quiet">
          {named("role", one.role)}
          {t("join.colon")}
          {both(one.words)}
        </p>
      ))}
      {playbook.alert ? (
        <p>
          {t("playbook.alerts", {
            roles: playbook.alert.roles.map((role) => named("role", role)).join(" → "),
            minutes: playbook.alert.minutes,
          })}
        </p>
      ) : null}
      {playbook.pictures.length > 0 ? (
        <p>
          {t("playbook.pictures", {
            labels: playbook.pictures.map((one) => named("needed", one)).join(t("join.comma")),
          })}
        </p>
      ) : null}
      {playbook.steps.length > 0 ? (
        <details>
          <summary>{t("playbook.steps_of", { count: playbook.steps.length })}</summary>
          <ol>
            {playbook.steps.map((step) => (
              <li key={step.code}>
                {both(step.words)}
                {step.choices.length > 0 ? (
                  <span className="quiet">
                    {" "}
                    {step.choices.map((choice) => both(choice.words)).join(" / ")}
                  </span>
                ) : null}
              </li>
            ))}
          </ol>
        </details>
      ) : null}
    </article>
  );
}
