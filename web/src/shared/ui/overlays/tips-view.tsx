import { Tooltip } from '@base-ui/react/tooltip';
import { useEffect, useState } from 'react';
import { followTips, type Tip } from './follow-tips.ts';
import '../tips.css';

/** One tooltip for the whole page: whatever carries `data-tip` has it, and its key from `data-keys`. */
export function TipsView() {
  const [tip, setTip] = useState<Tip | null>(null);
  useEffect(() => followTips(window, setTip), []);
  if (!tip) return null;
  return (
    <Tooltip.Root open>
      <Tooltip.Portal>
        <Tooltip.Positioner className="tip-place" anchor={tip.anchor} side="top" sideOffset={6} collisionPadding={8}>
          <Tooltip.Popup className="tip">
            {tip.text}
            {tip.keys ? <kbd className="tip-keys">{tip.keys}</kbd> : null}
          </Tooltip.Popup>
        </Tooltip.Positioner>
      </Tooltip.Portal>
    </Tooltip.Root>
  );
}
