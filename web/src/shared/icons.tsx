import { iconPaths } from './icon-paths.ts';

/** Outline icons, 24 × 24, drawn with the current colour; hidden from screen readers, so whatever uses one carries its own label. */
export function Icon({ name, size = 20 }: { name: IconName; size?: number }) {
  return (
    <svg
      className="icon"
      width={size}
      height={size}
      viewBox="0 0 24 24"
      fill="none"
      stroke="currentColor"
      strokeWidth="1.8"
      strokeLinecap="round"
      strokeLinejoin="round"
      aria-hidden="true"
      focusable="false"
    >
      <path d={iconPaths[name]} />
    </svg>
  );
}

export type IconName = keyof typeof iconPaths;
