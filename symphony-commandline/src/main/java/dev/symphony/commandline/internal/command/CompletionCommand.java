package dev.symphony.commandline.internal.command;

import net.sourceforge.argparse4j.inf.Namespace;

/** {@code completion}: a script that asks the program itself what may come next. */
public final class CompletionCommand {
  private static final String BASH =
      """
      # Completes NAME in bash: source this, or eval "$(COMMAND completion bash)" in ~/.bashrc.
      _FUNCTION() {
        local line file files="" words="" cur="${COMP_WORDS[COMP_CWORD]}"
        COMPREPLY=()
        while IFS= read -r line; do
          if [ "$line" = ":file" ]; then
            while IFS= read -r file; do
              COMPREPLY+=("$file")
            done < <(compgen -f -- "$cur")
            files=1
          else
            words=1
            COMPREPLY+=("${line%%$'\\t'*}")
          fi
        done < <(COMMAND __complete "${COMP_WORDS[@]:1:COMP_CWORD}" 2>/dev/null)
        # As names of files, words would be quoted: "learner\\:".
        [ -n "$files" ] && [ -z "$words" ] && compopt -o filenames 2>/dev/null
        case "${COMPREPLY[0]-}" in
          *[/:,=]) compopt -o nospace 2>/dev/null ;;
        esac
      }
      complete -F _FUNCTION NAME
      """;

  private static final String ZSH =
      """
      #compdef NAME
      # Completes NAME in zsh: source this, or eval "$(COMMAND completion zsh)" in ~/.zshrc.
      _FUNCTION() {
        local line files word
        local -a candidates
        while IFS= read -r line; do
          if [[ $line == :file ]]; then
            files=1
          elif [[ -n $line ]]; then
            word=${line%%$'\\t'*}
            if [[ $line == *$'\\t'* ]]; then
              candidates+=("${word//:/\\\\:}:${line#*$'\\t'}")
            else
              candidates+=("${word//:/\\\\:}")
            fi
          fi
        done < <(COMMAND __complete "${(@)words[2,CURRENT]}" 2>/dev/null)
        (( ${#candidates} )) && _describe -t words word candidates
        [[ -n $files ]] && _files
      }
      if [[ ${funcstack[1]-} == _FUNCTION ]]; then
        _FUNCTION "$@"
      else
        compdef _FUNCTION NAME
      fi
      """;

  private static final String FISH =
      """
      # Completes NAME in fish: COMMAND completion fish | source
      function _FUNCTION
        set -l words (commandline -opc)
        set -e words[1]
        set -l current (commandline -ct)
        for line in (COMMAND __complete $words "$current" 2>/dev/null)
          if test "$line" = ":file"
            __fish_complete_path "$current"
          else
            printf '%s\\n' "$line"
          end
        end
      end
      complete -c NAME -f -a '(_FUNCTION)'
      """;

  private CompletionCommand() {}

  /** Prints the script. */
  public static int run(Invocation in, Namespace args) {
    String script =
        switch (args.getString("shell")) {
          case "bash" -> BASH;
          case "zsh" -> ZSH;
          default -> FISH;
        };
    StringBuilder function = new StringBuilder("symphony_complete_");
    String name = in.program();
    for (int i = 0; i < name.length(); i++) {
      char c = name.charAt(i);
      function.append(Shell.isVariable("x" + c) ? c : '_');
    }
    in.terminal()
        .out()
        .print(
            script
                .replace("COMMAND", in.anywhere())
                .replace("FUNCTION", function)
                .replace("NAME", Shell.quote(name)));
    return 0;
  }
}
