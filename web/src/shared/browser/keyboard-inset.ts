/** How much of the window a screen keyboard covers, for the style sheets: `--keyboard`. Some browsers do not make the page smaller for it. */
export function followKeyboard(view: Window): void {
  const seen = view.visualViewport;
  if (!seen) return;
  const measure = () => {
    const covered = view.innerHeight - seen.height - seen.offsetTop;
    view.document.documentElement.style.setProperty('--keyboard', covered < smallestKeyboardPx ? '0px' : `${covered}px`);
  };
  measure();
  seen.addEventListener('resize', measure);
  seen.addEventListener('scroll', measure);
}

/** Less than that is a page zoomed a little, or a bar of the browser. */
const smallestKeyboardPx = 80;
