namespace ActorOps.Hocon.Tests.Conformance;

/// <summary>Texts for each row of the subset table. What they mean is what the reference implementation says.</summary>
internal static class ConformanceCases
{
    public static IReadOnlyList<string> All { get; } =
    [
        // JSON superset, comments, braces, separators
        "", "{}", " \n ", "a=1", "a:1,b:2", "{a:1}", "{\"a\":[1,2,3],\"b\":{\"c\":null}}", "a = 1 // one\nb = 2 # two", "a { b = 1 }", "a={b:1,}", "a=[1,2,]", "a=[1\n2\n3]",
        "a=[1,\n\n2]", "a=1,\nb=2,\n", "a=1\n\n\nb=2", "\ufeffa=1", "a\u00a0=\u20031", "a=1\r\nb=2", "a=,b", "a=[,1]", "a=[1,,2]", "a=1,,b=2", ",a=1", "{a:1", "a:1}", "a=[1", "{a:1}}", "a", "a=", "=1",
        "{a:1} b", "[1,2]", "a\n=\n1", "a:\n\n{b:1}", "a b c = 1", "a = b c d", "a = \"x\" y \"z\"", "a=1 2 3", "a = x // y", "a = http", "a = \"http://x\"", "a=1#c", "a=/x/y",
        // unquoted and forbidden
        "a=x$y", "a=x\\y", "a=x?y", "a=x!y", "a=x@y", "a=x*y", "a=x&y", "a=x^y", "a=x`y", "a=x+y", "a=10s", "a=1.2.3", "a=-1", "a=-1.5e3", "a=- 1", "a=x-y_z.w", "a=true", "a=truefoo", "a=true false", "a=null", "a=nullx", "a=12abc",
        // strings
        "a=\"\"", "a=\"x\\ny\"", "a=\"\\u0041\"", "a=\"\\q\"", "a=\"x", "a=\"x\ny\"", "a=\"\"\"x\ny\"\"\"", "a=\"\"\"x\"\"\"\"", "a=\"\"\"x\\n\"\"\"", "a=\"\"\"x", "a=\"\"\"\"\"\"", "a=\"\\/\"", "a=\"\t\"",
        // paths
        "a.b.c=1", "a.\"b.c\".d=1", "3.14=1", "\"\"=1", "a..b=1", ".a=1", "a.=1", "a.b=1\na.c=2", "\"a\".b=1", "a. b =1", "10=1", "-a=1", "a.-b=1", "true=1", "null.x=1", "a\"b\"=1",
        // duplicates and merging
        "a=1\na=2", "a={b:1}\na={c:2}", "a={b:1}\na=2\na={c:3}", "a={b:1}\na=null\na={c:3}", "a={b:{c:1}}\na.b.d=2", "a=[1]\na=[2]", "a={b:1},a={b:{c:1}}",
        // concatenation
        "a={b:1}{c:2}", "a={b:1} {b:2}", "a=[1][2]", "a=[1] [2] [3]", "a=[{b:1}{c:2}]", "a=[{b:1}\n{c:2}]", "a={b:1}[2]", "a=x{b:1}", "a=[1]x", "a=[a b,c d]", "a = x   y", "a = x \n b = y", "a=1 x", "a= {b:1}\n{c:2}",
        // substitutions
        "a=1,b=${a}", "b=${a},a=1", "b=${a}", "b=${?a}", "b=[${?a}]", "b=[1,${?a},2]", "a={x:1},b=${a}{y:2}", "a={x:1},b=${a.x}", "a=[1],b=${a}[2]", "a=x,b=${a}y", "a=x,b=y${a} z", "b=${?a}x", "b=x${?a}", "b=${?a} x", "b=x ${?a}", "b=\"${a}\"",
        "a=1,a=${?b}", "a=${b},a=1", "a={b:${c}},c=2", "a={b:1},a={c:${a.b}}", "bar:{foo:42,baz:${bar.foo}}", "bar:{foo:42,baz:${bar.foo}},bar:{foo:43}", "a=${\"b.c\"},\"b.c\"=3", "a=${b", "a=${}", "a=$b", "a=${?}", "x={a:1},y=${x},y.a=2,z=${y.a}",
        "a=null,b=${a}", "a=null,b=${?a}x", "a=${b},b=${c},c=5", "a={b=${c}},c={d=1},e=${a.b.d}", "a=${b}{x=1},b={x=2,y=3},c=${a.y}${a.x}",
        // self-reference and cycles
        "a=1,a=${a}2", "a=${?a}foo", "a=${a}", "a=${b},b=${a}", "a=[1],a=${a}[2]", "a=[1],a=${a}[2],a=${a}[3]", "a={b:1},a=${a}{c:2}", "a=${?a}[1]", "a+=1", "a=[1],a+=2", "a=[1],a+=2,a+=3", "a=1,a+=2", "a+={b:1}", "a={b+=1},a={b+=2}", "a.b=[1],a.b+=2",
        "a={b:${a}}", "a={b:1,c:${a.b}},a.c=${a.c}2", "bar:{a:${foo.d},b:1},bar.b=3,foo:{c:${bar.b},d:2},foo.d=4", "a:1,b:${a},a:${b}2", "a={b=${a.c},c=${a.d},d=1}", "a=${?b},b=${?a}", "a=x,a=${a}${a}",
        // numeric forms and nulls
        "a=1.0", "a=1e5", "a=1E-5", "a=0.10", "a=-0.5", "a=123456789012", "a=[null,1]", "a=[true,false]", "a=[]", "a=[[]]", "a=[[1],[2]]", "a={}",
        // units stay text
        "a=5 seconds", "a=16 KiB", "a = 1.5m", "a=\"10 ms\"",
        // include-shaped keys
        "include = 1", "include : 1", "include.x = 1", "\"include\" = 1", "includes = 1",
    ];
}
