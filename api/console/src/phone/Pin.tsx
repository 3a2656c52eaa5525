/** A place: drawn, since not every small telephone has a letter for it. */
export function Pin() {
  return (
    <svg viewBox="0 0 24 24" className="icon pin" aria-hidden="true" focusable="false">
      <path d="M12 21c-4-5-6-8-6-11a6 6 0 0 1 12 0c0 3-2 6-6 11zM12 8a2 2 0 1 0 .1 0" />
    </svg>
  );
}
