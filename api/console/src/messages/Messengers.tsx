import { useQuery } from "@tanstack/react-query";
import { read } from "../api/client";
import { Why } from "../parts/Why";
import { named, t } from "../words/words";

/** By whom messages go at this site: the site file says so, and where it does not, this does. */
export function Messengers() {
  const { data } = useQuery({
    queryKey: ["messengers"],
    queryFn: () => read("/api/v1/messengers"),
  });
  if (!data) return null;
  return (
    <section aria-label={t("messages.messengers")} data-testid="messengers">
      <h2>{t("messages.messengers")}</h2>
      {data.items.length === 0 ? <Why words={t("messages.no_messengers")} /> : null}
      {data.links ? null : <Why words={t("messages.no_links")} />}
      <ul>
        {data.items.map((one) => (
          <li key={one.code}>
            <b>{one.code}</b> {named("messenger_kind", one.kind)} ·{" "}
            {one.roles.length > 0
              ? one.roles.map((role) => named("role", role)).join(t("messages.comma"))
              : t("messages.everybody")}{" "}
            · {t("messages.per_minute", { n: one.per_minute })}
          </li>
        ))}
      </ul>
    </section>
  );
}
