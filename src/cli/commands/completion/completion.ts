import { Argument, type Command } from 'commander';
import type { ProcessContext } from '../../process/process-context.ts';
import { bashCompletion } from './bash.ts';
import { programWords, type CommandWords } from './command-words.ts';
import { fishCompletion } from './fish.ts';
import { zshCompletion } from './zsh.ts';

const SHELLS: Readonly<Record<string, (program: CommandWords) => string>> = {
  bash: bashCompletion,
  zsh: zshCompletion,
  fish: fishCompletion,
};

/** `oppsweep completion`: a script that completes commands, options and their values. */
export function furnishCompletion(command: Command, { terminal }: ProcessContext): void {
  command
    .description('Prints a script that completes commands, options and their values. It starts no program.')
    .addArgument(new Argument('<shell>', 'which shell reads it').choices(Object.keys(SHELLS)))
    .addHelpText('after', EXAMPLES)
    .action((shell: string) => {
      terminal.out(SHELLS[shell]?.(programWords(command.parent ?? command)) ?? '');
    });
}

const EXAMPLES = `
Examples:
  source <(oppsweep completion bash)                  in ~/.bashrc
  source <(oppsweep completion zsh)                   in ~/.zshrc, after compinit
  oppsweep completion fish | source                   in ~/.config/fish/config.fish
`;
