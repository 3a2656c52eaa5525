import { useQuery } from "@tanstack/react-query";
import { read } from "../api/client";
import type { Consequence } from "../api/contract";
import { Bar } from "../parts/Bar";
import { refusal } from "../parts/refusal";
import { named, t } from "../words/words";
import { Lines } from "./Ledger";
import { LISTS } from "./consequences";

/** Who is commended, criticised, eligible: decisions made these lists, nothing else. */
export function Lists() {
  return (
    <>
      <p className="quiet">{t("merit.lists_note")}</p>
      {LISTS.map((one) => (
        <List key={one} consequence={one} />
      ))}
    </>
  );
}

function List({ consequence }: { consequence: Consequence }) {
  const { data, error } = useQuery({
    queryKey: ["merit", "list", consequence],
    queryFn: () => read("/api/v1/merit/lists/{consequence}", undefined, { consequence }),
  });
  return (
    <section data-testid={`list-${consequence}`}>
      <h3>
        {named("consequence", consequence)} <span className="count">{data?.items.length ?? 0}</span>
      </h3>
      {error ? <Bar tone="warn">{refusal(error, "read")}</Bar> : null}
      {data && data.items.length > 0 ? <Lines lines={data.items} /> : null}
    </section>
  );
}
