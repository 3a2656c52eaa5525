import { useMemo, useState } from "react";
import type { PlaceFull } from "../api/contract";
import { Choice } from "../parts/Choice";
import { t } from "../words/words";
import { CODE, Card, CodeAndName, Tick } from "./Card";
import { List } from "./List";
import { useEdit } from "./queries";
import type { Branch } from "./tree";
import { treeOf, within } from "./tree";

const NEW = "";
const WHOLE = "";

/** The tree of places; nothing that something happened at ever vanishes, it is only retired. */
export function Places({ places }: { places: readonly PlaceFull[] }) {
  const [chosen, setChosen] = useState<string | null>(null);
  const [below, setBelow] = useState<string>(WHOLE);
  const tree = useMemo(() => treeOf(places), [places]);
  const choose = (code: string) => {
    setChosen(code);
    setBelow(code);
  };
  return (
    <div className="office-desk">
      <List
        rows={tree}
        columns={[
          {
            head: t("administration.name"),
            cell: (one) => (
              <span style={{ paddingInlineStart: `${one.depth * 18}px` }}>
                {one.depth > 0 ? <span aria-hidden="true">└ </span> : null}
                {one.name}
              </span>
            ),
          },
          { head: t("administration.code"), cell: (one) => one.code },
          {
            head: t("administration.state"),
            cell: (one) => t(one.retired ? "administration.retired" : "administration.in_use"),
          },
        ]}
        names={(one) => [one.name, one.code, one.path.join("")]}
        gone={(one) => one.retired}
        chosen={chosen}
        onChoose={choose}
        onNew={() => setChosen(NEW)}
        newWords={t("administration.new_place")}
        testId="places-list"
      />
      {chosen !== null ? (
        <div className="office-side">
          <PlaceCard
            key={chosen}
            place={tree.find((one) => one.code === chosen) ?? null}
            below={below}
            tree={tree}
            onDone={choose}
            onClose={() => setChosen(null)}
          />
        </div>
      ) : null}
    </div>
  );
}

interface PlaceCardProps {
  place: Branch | null;
  /** Where a new one lies unless somebody says otherwise: below the one that was looked at. */
  below: string;
  tree: readonly Branch[];
  onDone: (code: string) => void;
  onClose: () => void;
}

function PlaceCard({ place, below, tree, onDone, onClose }: PlaceCardProps) {
  const [code, setCode] = useState(place?.code ?? "");
  const [name, setName] = useState(place?.name ?? "");
  const [parent, setParent] = useState(place ? (place.parent ?? WHOLE) : below);
  const [retired, setRetired] = useState(place?.retired ?? false);
  const save = useEdit("/api/v1/administration/places/{code}", () => onDone(code));
  const taken = !place && tree.some((one) => one.code === code);
  const own = place ? within(tree, place.code) : new Set<string>();
  const parents = tree
    .filter((one) => !own.has(one.code) && (!one.retired || one.code === place?.parent))
    .map((one) => ({ value: one.code, label: one.path.join(" › "), names: [one.code] }));
  return (
    <Card
      title={place ? place.path.join(" › ") : t("administration.new_place")}
      problem={save.error}
      busy={save.isPending}
      ready={CODE.test(code) && !taken && name.trim() !== ""}
      onSave={() =>
        save.mutate({ code, said: { name: name.trim(), parent: parent || null, retired } })
      }
      onClose={onClose}
    >
      <CodeAndName
        code={code}
        onCode={setCode}
        name={name}
        onName={setName}
        fixed={place !== null}
        taken={taken}
      />
      <label>{t("administration.parent")}</label>
      <Choice
        label={t("administration.parent")}
        options={[{ value: WHOLE, label: t("administration.top") }, ...parents]}
        value={parent}
        onPick={setParent}
        testId="office-parent"
      />
      <Tick
        label={t("administration.retire")}
        on={retired}
        onTick={setRetired}
        testId="office-retired"
      />
      {place && retired ? <p className="form-note">{t("administration.retiring")}</p> : null}
    </Card>
  );
}
