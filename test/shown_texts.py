"""Commands and blocks of code that texts show; test/shown_commands.py runs them.

What precedes a block says what is to be done with it, in a comment that no reader sees. In .rst:

  .. shown: skip REASON          it is not run
  .. shown: output COMMAND       it is what a command prints
  .. shown: throws               its last line shows a refusal
  .. shown: given                followed by lines of C++, indented: they come before the block
  .. shown: then                 the same for what comes after it
"""

import re
import shlex

SHELLS = ("bash", "console", "sh")
CPP = ("cpp", "c++")


class Block:
    def __init__(self, path, line, language, text):
        self.path = path
        self.line = line  # of its first line
        self.language = language
        self.text = text
        self.skip = None
        self.output_of = None
        self.throws = False
        self.given = ""
        self.then = ""

    def place(self):
        return f"{self.path}:{self.line}"


def dedent(lines):
    margin = min((len(line) - len(line.lstrip()) for line in lines if line.strip()), default=0)
    return "\n".join(line[margin:] for line in lines).strip("\n") + "\n"


def read_lines(path):
    with open(path, encoding="utf-8") as text:
        return text.read().split("\n")


def indented(lines, at, indent):
    """End of the lines from `at` on that are empty or indented by more than `indent`."""
    while at < len(lines) and (not lines[at].strip() or len(lines[at]) - len(lines[at].lstrip()) > indent):
        at += 1
    return at


def inline_commands(line, number, shown):
    """Commands of ./fabric within a line of prose, a block each."""
    return [
        Block(shown, number, "console", command + "\n")
        for command in re.findall(r"`(\./fabric[^`]*)`", line)
    ]


def mark(block, marks):
    for name, rest, text in marks:
        if name == "skip":
            block.skip = rest
        elif name == "output":
            block.output_of = rest
        elif name == "throws":
            block.throws = True
        elif name == "given":
            block.given += text
        elif name == "then":
            block.then += text
        else:
            block.skip = ""  # which is refused


def rst_blocks(path, shown):
    """Blocks of an .rst file, with what their comments say."""
    lines = read_lines(path)
    blocks = []
    highlight = "none"
    marks = []
    at = 0
    while at < len(lines):
        line = lines[at]
        indent = len(line) - len(line.lstrip())
        marked = re.match(r"\s*\.\. shown: (\w+)\s*(.*)", line)
        directive = re.match(r"\s*\.\. (highlight|code-block|sourcecode)::\s*(\S*)", line)
        literal = line.rstrip().endswith("::") and not line.lstrip().startswith("..")
        if marked:
            end = indented(lines, at + 1, indent)
            marks.append((marked[1], marked[2], dedent(lines[at + 1 : end])))
            at = end
            continue
        blocks += inline_commands(line, at + 1, shown)
        if directive and directive[1] == "highlight":
            highlight = directive[2]
        elif directive or literal:
            end = indented(lines, at + 1, indent)
            body = lines[at + 1 : end]
            first = next((i for i, text in enumerate(body) if text.strip()), 0)
            language = directive[2] if directive else highlight
            block = Block(shown, at + 2 + first, language, dedent(body))
            mark(block, marks)
            marks = []
            blocks.append(block)
            at = end
            continue
        at += 1
    return blocks


def md_blocks(path, shown):
    """Blocks of an .md file: fenced ones, and indented ones, which are commands."""
    lines = read_lines(path)
    blocks = []
    at = 0
    while at < len(lines):
        fence = re.match(r"```(\S*)", lines[at])
        if fence:
            end = lines.index("```", at + 1)
            blocks.append(Block(shown, at + 2, fence[1], dedent(lines[at + 1 : end])))
            at = end + 1
        elif lines[at].startswith("    ") and (at == 0 or not lines[at - 1].strip()):
            end = indented(lines, at, 3)
            blocks.append(Block(shown, at + 1, "console", dedent(lines[at:end])))
            at = end
        else:
            blocks += inline_commands(lines[at], at + 1, shown)
            at += 1
    return blocks


def head_blocks(path, shown):
    """Commands at the head of a scenario or a study, a block each."""
    blocks = []
    lines = read_lines(path)
    for at, line in enumerate(lines):
        if not line.startswith("#"):
            break
        if re.match(r"# *\./fabric ", line):
            text = line[1:].strip()
            while text.endswith("\\"):
                at += 1
                text = text[:-1] + lines[at][1:].strip()
            blocks.append(Block(shown, at + 1, "console", text + "\n"))
    return blocks


def help_block(text, shown, program):
    """Commands below "Examples" in a help; what they do stands beside or below them."""
    begin = re.search(r"^examples:$", text, re.M | re.I)
    text = re.sub(r" *\\\n *", " ", text[begin.end() :] if begin else "")
    own = re.escape(program) + r"|perf record .*bin/" + re.escape(program)
    lines = re.findall(rf"^  ((?:\./fabric|{own})\b.*)$", text, re.M)
    commands = [re.split(r" {2,}", line)[0] for line in lines]
    return Block(shown, 1, "console", "\n".join(commands) + "\n") if commands else None


def commands_of(block):
    """Commands of a block: the place of each, and its words, without prompt and comment."""
    commands = []
    begun = ""
    for number, line in enumerate(block.text.splitlines(), block.line):
        first = first if begun else number
        begun += line
        if begun.endswith("\\"):
            begun = begun[:-1]
            continue
        words = shlex.split(re.sub(r"^\s*\$ ", "", begun), comments=True)
        begun = ""
        if words:
            commands.append((f"{block.path}:{first}", words))
    return commands
