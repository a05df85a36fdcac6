import type { Terminal } from '../process/terminal.ts';

/** A run's progress on the screen. */
export interface ProgressDisplay {
  /** Words between the progress, without breaking its line. */
  readonly say: (text: string) => void;
  /** Gives the terminal back as it was. */
  readonly end: () => void;
}

/** What is drawn again and again, the cursor hidden. */
export interface Picture {
  readonly begin: () => void;
  /** Takes a new look at what it shows. */
  readonly look: () => void;
  /** Clears it, and gives the terminal back as it was. */
  readonly stop: () => void;
}

/** How often it may be drawn. */
export const FRAME_MS = 250;

/** Keeps a picture on the screen for as long as that is this process's: behind Ctrl-Z, and in the background, it is the shell's. */
export function keepDrawn(picture: Picture, terminal: Terminal): ProgressDisplay {
  let isDrawn = false;
  const take = (): void => {
    if (isDrawn || !terminal.isOurs()) return;
    picture.begin();
    isDrawn = true;
  };
  const giveBack = (): void => {
    if (isDrawn) picture.stop();
    isDrawn = false;
  };
  const suspend = (): void => {
    giveBack();
    // The system's own answer, which stops nobody whom no shell could wake.
    process.off('SIGTSTP', suspend);
    process.kill(process.pid, 'SIGTSTP');
    process.on('SIGTSTP', suspend);
    take();
  };
  const timer = setInterval(() => {
    picture.look();
    if (terminal.isOurs()) take();
    else giveBack();
  }, FRAME_MS);
  process.on('SIGTSTP', suspend);
  take();
  return {
    say: (text) => {
      giveBack();
      terminal.err(text);
      take();
    },
    end: () => {
      clearInterval(timer);
      process.off('SIGTSTP', suspend);
      giveBack();
    },
  };
}
