/** What problems look like: drawn by us, one line thick, so that nobody has to read at night. */
import type { JSX } from "react";

const DRAWN: Readonly<Record<string, JSX.Element>> = {
  litter: <path d="M5 8h14l-1.4 12H6.400zM9 8V5h6v3M3 8h18M10 11.500v5M14 11.500v5" />,
  loose_play_equipment: <path d="M4 20 9 5h6l5 15M7 11h10M10 11v5M14 11v5M9.5 16h5" />,
  notice: <path d="M5 4h14v12H5zM12 16v5M8 8h8M8 12h5" />,
  lift_stopped: <path d="M5 3h14v18H5zM12 3v18M8 10l1-2 1 2M14 14l1 2 1-2" />,
  lift_trapped: <path d="M4 3h16v18H4zM12 8.500a2 2 0 1 0 0-.1M9 19v-4.500a3 3 0 0 1 6 0V19M8 13l-1.5-3M16 13l1.5-3" />,
  wall_tile: <path d="M3 4h18v9H3zM9 4v9M15 4v9M3 8.500h18M9 16l4 1-1 4-4-1zM16 17l2 2" />,
  marble: <path d="M3 6h18v12H3zM10 6l2 4-2 3 3 5M12 10l5-2" />,
  street_lamp: <path d="M8 21h5M10.5 21V5c0-2 5-2 6 1M14 7h5l1 3h-7zM15.5 13v2M18.5 12.500l1 1.5" />,
  pipe_leak: <path d="M3 7h9a4 4 0 0 1 4 4v1M3 11h8M13 12h6M16 15.500c-2 2.5-2 4.5 0 4.500s2-2 0-4.500z" />,
  dirt: <path d="M14 3 9 12M6 12h8l1 8H4zM7 16v4M11 16v4M17 18c2-1 3 0 4 2" />,
  help_needed: <path d="M12 3a9 9 0 1 0 .1 0M9.5 9.500a2.5 2.5 0 1 1 3.5 2.300c-.7.3-1 .8-1 1.700M12 16.500v.2" />,
  fire: <path d="M12 3c1 4 6 5.5 6 11a6 6 0 0 1-12 0c0-2.5 1.5-4 2.5-5.500C9 11 10 11.5 10.5 12 11 9 10.5 6 12 3z" />,
  door_device: <path d="M6 3h12v18H6zM9 6.500h6v4H9zM10 14h.1M12 14h.1M14 14h.1M10 17h.1M12 17h.1M14 17h.1" />,
  door_open: <path d="M4 21h16M7 21V3h10v18M7 3l6 3v15l-6-0M11 12v1.5" />,
  noise: <path d="M4 10v4h3l5 4V6L7 10zM15 9c1.5 2 1.5 4 0 6M17.5 7c2.5 3 2.5 7 0 10" />,
  parking: <path d="M4 15l1.8-5.500h12.400L20 15v4h-2.500v-1.500h-11V19H4zM4 15h16M7.5 16.200h.1M16.5 16.200h.1M9 5.500h6" />,
  enquiry: <path d="M4 5h16v11H11l-4 4v-4H4zM12 8v4M12 13.600v.2" />,
};
const OTHER = <path d="M12 3 2.5 20h19zM12 10v4.500M12 17v.2" />;

export function CategoryIcon({ code }: { code: string }) {
  return (
    <svg viewBox="0 0 24 24" className="icon" aria-hidden="true" focusable="false">
      {DRAWN[code] ?? OTHER}
    </svg>
  );
}
