import type { Picture } from "../api/contract";
import type { Purpose } from "./Shot";
import { Shot } from "./Shot";

interface PicturesProps {
  pictures: readonly Picture[];
  purpose: Purpose;
}

/** Before | at | after, one row for each camera; what people added stands in a row of its own. */
export function Pictures({ pictures, purpose }: PicturesProps) {
  const cameras = [...new Set(pictures.map((one) => one.camera?.code ?? ""))];
  return (
    <>
      {cameras.map((camera) => (
        <div key={camera} className="shots">
          {pictures
            .filter((one) => (one.camera?.code ?? "") === camera)
            .map((one) => (
              <Shot key={one.id} picture={one} purpose={purpose} />
            ))}
        </div>
      ))}
    </>
  );
}
