import Handlebars from "handlebars";
import type { Argument, Part, Path, Program } from "../src/plan/template.ts";

type Statement = hbs.AST.Statement;
type Expression = hbs.AST.Expression;

/** The helpers of src/plan/helpers.ts. */
const HELPERS = new Set<string>(["json", "property", "docComment"]);
const BLOCKS = new Set<string>(["if", "unless", "each"]);

/**
 * Turns a Handlebars template into what src/plan/template.ts runs. Handlebars does the parsing, with its rules for white
 * space; compiling costs too much at run time, and the code that it compiles to too much to load.
 *
 * @param key names the template where something is wrong
 * @throws Error, which fails the build: a misspelt helper, or what the runner does not know: partials, `../`, `@index`,
 * named arguments
 */
export function programOf(source: string, key: string): Program {
  const fail = (what: string, { loc }: hbs.AST.Node): never => {
    throw new Error(`${key}:${loc.start.line}: ${what}`);
  };

  const program = ({ body }: hbs.AST.Program): Program =>
    body.map(part).filter((one) => one !== undefined && one !== "") as Program;

  function part(node: Statement): Part | undefined {
    if (isA<hbs.AST.ContentStatement>(node, "ContentStatement")) return node.value;
    if (isA<hbs.AST.CommentStatement>(node, "CommentStatement")) return undefined;
    if (isA<hbs.AST.MustacheStatement>(node, "MustacheStatement")) return mustache(node);
    if (isA<hbs.AST.BlockStatement>(node, "BlockStatement")) return block(node);
    return fail(`no ${node.type} here`, node);
  }

  function mustache(node: hbs.AST.MustacheStatement): Part {
    if (node.params.length === 0) return ["value", path(node.path)];
    const name = nameOf(node, HELPERS);
    return [name as "json", ...node.params.map(argument)];
  }

  function block(node: hbs.AST.BlockStatement): Part {
    const name = nameOf(node, BLOCKS);
    const [about] = node.params;
    if (about === undefined || node.params.length > 1 || node.program?.blockParams)
      return fail(`odd {{#${name}}}`, node);
    // {{^if}} has no first branch.
    const body = node.program ? program(node.program) : [];
    const otherwise: [Program?] = node.inverse ? [program(node.inverse)] : [];
    return [name as "if", path(about), body, ...otherwise];
  }

  function nameOf(node: hbs.AST.MustacheStatement | hbs.AST.BlockStatement, known: Set<string>): string {
    const name = (node.path as hbs.AST.PathExpression).original;
    return known.has(name) && !node.hash ? name : fail(`{{${name}}} with these arguments is not known`, node);
  }

  function argument(node: Expression): Argument {
    return isA<hbs.AST.StringLiteral>(node, "StringLiteral") ? { text: node.value } : path(node);
  }

  function path(node: Expression): Path {
    if (!isA<hbs.AST.PathExpression>(node, "PathExpression") || node.data || node.depth > 0) {
      return fail("only names of data are known here", node);
    }
    return node.parts as string[];
  }

  return program(Handlebars.parse(source));
}

function isA<Kind extends hbs.AST.Node>(node: hbs.AST.Node, type: Kind["type"]): node is Kind {
  return node.type === type;
}
