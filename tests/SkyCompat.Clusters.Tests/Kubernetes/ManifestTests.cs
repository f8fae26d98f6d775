using SkyCompat.Kubernetes;

namespace SkyCompat.Clusters.Tests.Kubernetes;

/// <summary>YAML as API servers read it.</summary>
public sealed class ManifestTests
{
    [Theory]
    [InlineData("a: 1", """{"a":1}""")]
    [InlineData("a: \"1\"", """{"a":"1"}""")]
    [InlineData("a: 0644", """{"a":420}""")]
    [InlineData("a: 1.5", """{"a":1.5}""")]
    [InlineData("a: 1.2.3", """{"a":"1.2.3"}""")]
    [InlineData("a: 12e", """{"a":"12e"}""")]
    [InlineData("a: true\nb: 'true'\nc: ~\nd:", """{"a":true,"b":"true","c":null,"d":null}""")]
    [InlineData("a: |-\n  x\n  y", """{"a":"x\ny"}""")]
    [InlineData("a: &x {b: 1}\nc: *x\nd: {<<: *x, e: 2}", """{"a":{"b":1},"c":{"b":1},"d":{"b":1,"e":2}}""")]
    [InlineData("""{"a": ["x", 2]}""", """{"a":["x",2]}""")]
    [InlineData("a: !!str 1", """{"a":"1"}""")]
    public void Yaml_IsReadAsJson(string yaml, string json) => YamlDocuments.Read(yaml).Single().ToJsonString().ShouldBe(json);

    [Fact]
    public void Documents_AreTakenApart_AndEmptyOnesLeftOut() =>
        YamlDocuments.Read("---\na: 1\n---\n# nothing\n---\nb: 2\n").Select(document => document.ToJsonString()).ShouldBe(["""{"a":1}""", """{"b":2}"""]);

    [Fact]
    public void AliasesOfAliases_AreRefusedBeforeTheyFillMemory()
    {
        var yaml = "a0: &a0 [x, x, x, x, x, x, x, x, x, x]\n" + string.Join('\n', Enumerable.Range(1, 9).Select(level => $"a{level}: &a{level} [{string.Join(", ", Enumerable.Repeat($"*a{level - 1}", 10))}]"));

        Should.Throw<FormatException>(() => YamlDocuments.Read(yaml)).Message.ShouldContain("nodes");
    }

    [Fact]
    public void BrokenYaml_SaysWhereAndRepeatsNothing()
    {
        var failure = Should.Throw<FormatException>(() => YamlDocuments.Read("password: \"hunter2\nx: ["));

        failure.Message.ShouldContain("at line");
        failure.Message.ShouldNotContain("hunter2");
    }

    [Theory]
    [InlineData(0.5, "500m")]
    [InlineData(2, "2")]
    [InlineData(0.0011, "2m")]
    public void Cores_AreWrittenAsTheClusterDoes(double cores, string text) => Quantity.OfCores(cores).ShouldBe(text);

    [Theory]
    [InlineData(0, "0")]
    [InlineData(1000, "1000")]
    [InlineData(1 << 20, "1Mi")]
    [InlineData(1536L << 20, "1536Mi")]
    [InlineData(4L << 30, "4Gi")]
    public void Bytes_AreWrittenAsTheClusterDoes(long bytes, string text) => Quantity.OfBytes(bytes).ShouldBe(text);
}
