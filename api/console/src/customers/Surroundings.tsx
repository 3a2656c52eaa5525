import type { Context, IssueRow } from "../api/contract";
import { Link } from "../app/Link";
import { pathOf } from "../queue/title";
import { Moment } from "../time/Moment";
import { named, t } from "../words/words";

/** How many lines of each are read at a glance. */
const MANY = 5;

/** Whether there is nothing at all to be said of caller, place and device. */
export function isNothing(known: Context): boolean {
  const { customer, candidates, living, told_before, open_near, at_device, at_place } = known;
  const lists = [candidates, living, told_before, open_near, at_device, at_place, known.promises];
  return !customer && lists.every((one) => one.length === 0);
}

/** Who lives there, and what the last twelve months know of caller, device and place. */
export function Surroundings({ known }: { known: Context }) {
  return (
    <>
      {known.told_before.length > 0 ? (
        <>
          <b className="tag tag-danger">▲ {t("around.told_before")}</b>
          <Rows rows={known.told_before.slice(0, MANY)} />
        </>
      ) : null}
      {known.open_near.length > 0 ? (
        <>
          <b>{t("around.open_near")}</b>
          <Rows rows={known.open_near.slice(0, MANY)} />
        </>
      ) : null}
      <Living known={known} />
      <Past title={t("around.at_device")} rows={known.at_device} testId="past-device" />
      <Past title={t("around.at_place")} rows={known.at_place} testId="past-place" />
    </>
  );
}

/** Who lives or works there: a name, a door, a telephone; the rest one click away. */
function Living({ known }: { known: Context }) {
  if (known.living.length === 0) return null;
  const shown = known.living.slice(0, MANY);
  const rest = known.living.slice(MANY);
  return (
    <div data-testid="living">
      <b>{t("around.living", { place: known.living_at ? pathOf(known.living_at.path, 2) : "" })}</b>
      <People people={shown} />
      {rest.length > 0 ? (
        <details>
          <summary>{t("around.more", { count: rest.length })}</summary>
          <People people={rest} />
          {known.more_living ? <p className="quiet">{t("around.many_more")}</p> : null}
        </details>
      ) : null}
    </div>
  );
}

function People({ people }: { people: Context["living"] }) {
  return (
    <ul>
      {people.map((one) => (
        <li key={one.code}>
          {one.name}{" "}
          <span className="quiet">
            {one.homes
              .map((home) => `${named("living", home.kind)} ${home.door ?? pathOf(home.place.path, 2)}`)
              .join(t("join.comma"))}
          </span>{" "}
          {one.phones.join(" ")}
        </li>
      ))}
    </ul>
  );
}

function Past({ title, rows, testId }: { title: string; rows: IssueRow[]; testId: string }) {
  if (rows.length === 0) return null;
  return (
    <details data-testid={testId}>
      <summary>
        {title} <span className="count">{rows.length}</span>
      </summary>
      <Rows rows={rows} />
    </details>
  );
}

function Rows({ rows }: { rows: readonly IssueRow[] }) {
  return (
    <ul>
      {rows.map((one) => (
        <li key={one.number}>
          <Link to={`/issues/${one.number}`}>#{one.number}</Link> {one.words}{" "}
          <span className="quiet">
            {named("status", one.status)} <Moment at={one.reported_at} seconds={false} />
          </span>
        </li>
      ))}
    </ul>
  );
}
