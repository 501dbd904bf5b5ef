// Validates JSON files against a schema with ajv in strict mode, in which a schema that is not
// clean is an error: node ajv.cjs SCHEMA FILE...
const Ajv = require("ajv/dist/2020");
const addFormats = require("ajv-formats");
const { readFileSync } = require("node:fs");

const strict = { strict: true, strictTypes: true, strictTuples: true, strictRequired: true };
const ajv = new Ajv({ ...strict, allErrors: true });
addFormats(ajv);
const [schema, ...files] = process.argv.slice(2);
const validate = ajv.compile(JSON.parse(readFileSync(schema, "utf8")));
let valid = 0;
for (const file of files) {
	if (validate(JSON.parse(readFileSync(file, "utf8")))) {
		valid++;
		continue;
	}
	console.log(file, JSON.stringify(validate.errors.slice(0, 5), null, "  "));
}
console.log(`${valid} valid`);
process.exitCode = valid === files.length ? 0 : 1;
