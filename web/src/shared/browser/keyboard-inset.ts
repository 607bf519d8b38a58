/** Tells the style sheets how much of the window a screen keyboard covers: `--keyboard`. Some browsers do not make the page smaller for it. */
export function followKeyboard(view: Window): void {
  const seen = view.visualViewport;
  if (!seen) return;
  const tell = () => {
    const covered = view.innerHeight - seen.height - seen.offsetTop;
    view.document.documentElement.style.setProperty('--keyboard', covered < smallestKeyboardPx ? '0px' : `${covered}px`);
  };
  tell();
  seen.addEventListener('resize', tell);
  seen.addEventListener('scroll', tell);
}

/** Less than that is a page zoomed a little, or a bar of the browser. */
const smallestKeyboardPx = 80;
