# Turns migrations/ENGINE/NNNN_name.sql, given in order, into a C file that defines
# migrations_builtin().

# By character: what gsub makes of a backslash differs from awk to awk. No question mark stands
# bare, so that no two make a trigraph.
function escaped(line,    out, i, c)
{
    out = ""
    for (i = 1; i <= length(line); i++) {
        c = substr(line, i, 1)
        out = out (c == "\\" || c == "\"" || c == "?" ? "\\" c : c)
    }
    return out
}

BEGIN {
    print "/* Made from migrations/ by embed.awk. */"
    print "#include \"db/migrate.h\"\n"
    print "#include <string.h>"
}

FNR == 1 && split(FILENAME, part, "/") == 3 {
    if (steps > 0)
        print "    ;"
    steps++
    engine[steps] = part[2]
    number[steps] = substr(part[3], 1, 4) + 0
    name[steps] = substr(part[3], 6)
    sub(/\.sql$/, "", name[steps])
    printf "\nstatic const char step_%d[] =\n", steps
}

{
    print "    \"" escaped($0) "\\n\""
}

END {
    if (steps > 0)
        print "    ;"
    for (i = 1; i <= steps; i++)
        list[engine[i]] = list[engine[i]] sprintf("    {%d, \"%s\", step_%d},\n", number[i], name[i], i)
    for (e in list)
        printf "\nstatic const struct migration %s_steps[] = {\n%s};\n", e, list[e]
    print "\nconst struct migration *migrations_builtin(const char *engine, size_t *n)"
    print "{"
    for (e in list) {
        printf "    if (strcmp(engine, \"%s\") == 0) {\n", e
        printf "        *n = sizeof %s_steps / sizeof *%s_steps;\n", e, e
        printf "        return %s_steps;\n    }\n", e
    }
    if (steps == 0)
        print "    (void)engine;"
    print "    *n = 0;"
    print "    return NULL;"
    print "}"
}
