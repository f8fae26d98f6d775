using System.Text;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using SkyCompat.Hosting;
using SkyCompat.ObjectStorage;

namespace SkyCompat.Tests;

public sealed class ConfigurationTests
{
    private const string Valid = """
        {
          "DefaultCloud": "home",
          "Clouds": {
            "home": { "Provider": "Local", "Local": { "Root": "./.skycompat" } },
            "aws":  { "Provider": "Aws", "Region": "eu-central-1", "KeyPolicy": "Verbatim",
                      "Resilience": { "MaxAttempts": 3, "BaseDelay": "00:00:01", "BreakerFailureRatio": 0.5 } },
            "r2":   { "Provider": "S3", "S3": { "Root": "x" } }
          },
          "Buckets": {
            "media": { "Cloud": "aws", "Name": "acme-media-prod", "Prefix": "uploads/", "Require": [ "ConditionalPut" ] },
            "notes": { "Name": "acme-notes", "ReadOnly": true }
          }
        }
        """;

    [Fact]
    public async Task Start_TheDocumentedShape_Binds()
    {
        var created = new List<CloudConfiguration>();
        using var host = Build(Valid, created.Add);
        await host.StartAsync();

        var options = host.Services.GetRequiredService<IOptions<SkyCompatOptions>>().Value;
        var sky = host.Services.GetRequiredService<ISky>();

        options.Clouds["AWS"].Resilience.MaxAttempts.ShouldBe(3);
        options.Clouds["aws"].Resilience.BaseDelay.ShouldBe(TimeSpan.FromSeconds(1));
        options.Clouds["aws"].Resilience.BreakerFailureRatio.ShouldBe(0.5);
        options.Clouds["aws"].KeyPolicy.ShouldBe(KeyPolicy.Verbatim);
        options.Clouds["home"].Resilience.MaxAttempts.ShouldBe(6);
        options.Buckets["media"].Require.ShouldBe(["ConditionalPut"]);
        sky.Clouds.Select(cloud => cloud.Name).ShouldBe(["aws", "home", "r2"]);
        sky.DefaultCloud.Name.ShouldBe("home");
        sky.GetCloud("AWS").Location.Region.ShouldBe("eu-central-1");
        sky.BucketNames.ShouldBe(["media", "notes"]);
        sky.GetBucket("media").Name.ShouldBe("acme-media-prod");
        created.Single(cloud => cloud.Name == "home").Path.ShouldBe("SkyCompat:Clouds:home");
        created.Single(cloud => cloud.Name == "home").Section!["Root"].ShouldBe("./.skycompat");
        await host.StopAsync();
    }

    [Theory]
    [InlineData("\"Provider\": \"S3\", \"S3\"", "\"Provider\": \"S33\", \"S3\"", "SkyCompat:Clouds:r2:Provider", "Did you mean 'S3'", "Aws, Local, S3")]
    [InlineData("\"Provider\": \"Aws\",", "", "SkyCompat:Clouds:aws:Provider", "missing", "Aws, Local, S3")]
    [InlineData("\"DefaultCloud\": \"home\"", "\"DefaultCluod\": \"home\"", "SkyCompat:DefaultCluod", "Did you mean 'DefaultCloud'", "Buckets, BufferBudgetBytes, Clouds, Clusters, Compute, DefaultCloud")]
    [InlineData("\"Region\"", "\"Regoin\"", "SkyCompat:Clouds:aws:Regoin", "Did you mean 'Region'", "KeyPolicy, Provider, Region, Resilience")]
    [InlineData("\"MaxAttempts\"", "\"MaxAttemps\"", "SkyCompat:Clouds:aws:Resilience:MaxAttemps", "Did you mean 'MaxAttempts'", "IdleTimeout")]
    [InlineData("\"Prefix\"", "\"Perfix\"", "SkyCompat:Buckets:media:Perfix", "Did you mean 'Prefix'", "ReadOnly")]
    [InlineData("\"Local\": {", "\"S3\": {", "SkyCompat:Clouds:home:S3", "unknown key", "Local")]
    [InlineData("\"Root\": \"./", "\"Rot\": \"./", "SkyCompat:Clouds:home:Local:Rot", "Did you mean 'Root'", "Root")]
    [InlineData("\"Name\": \"acme-notes\",", "", "SkyCompat:Buckets:notes:Name", "missing", "provider")]
    [InlineData("\"Cloud\": \"aws\"", "\"Cloud\": \"awss\"", "SkyCompat:Buckets:media:Cloud", "Did you mean 'aws'", "aws, home, r2")]
    [InlineData("\"DefaultCloud\": \"home\"", "\"DefaultCloud\": \"hom\"", "SkyCompat:DefaultCloud", "Did you mean 'home'", "aws, home, r2")]
    [InlineData("\"DefaultCloud\": \"home\",", "", "SkyCompat:Buckets:notes:Cloud", "no DefaultCloud", "aws, home, r2")]
    [InlineData("\"ConditionalPut\"", "\"ConditionalPutt\"", "SkyCompat:Buckets:media:Require", "Did you mean 'ConditionalPut'", "Multipart")]
    [InlineData("\"ConditionalPut\"", "\"7\"", "SkyCompat:Buckets:media:Require", "unknown feature '7'", "Multipart")]
    [InlineData("[ \"ConditionalPut\" ]", "\"ConditionalPut\"", "SkyCompat:Buckets:media:Require", "list", "ConditionalPut")]
    [InlineData("\"MaxAttempts\": 3", "\"MaxAttempts\": \"three\"", "SkyCompat:Clouds:aws:Resilience:MaxAttempts", "three", "a whole number")]
    [InlineData("\"MaxAttempts\": 3", "\"MaxAttempts\": 0", "SkyCompat:Clouds:aws:Resilience:MaxAttempts", "from 1 to 100", "")]
    [InlineData("\"00:00:01\"", "\"soon\"", "SkyCompat:Clouds:aws:Resilience:BaseDelay", "soon", "such as 00:00:05")]
    [InlineData("\"00:00:01\"", "\"01:00:00\"", "SkyCompat:Clouds:aws:Resilience:BaseDelay", "00:01:00", "")]
    [InlineData("0.5", "0", "SkyCompat:Clouds:aws:Resilience:BreakerFailureRatio", "over 0", "")]
    [InlineData("\"Verbatim\"", "\"Literally\"", "SkyCompat:Clouds:aws:KeyPolicy", "Literally", "Portable, Verbatim")]
    [InlineData("\"ReadOnly\": true", "\"ReadOnly\": \"perhaps\"", "SkyCompat:Buckets:notes:ReadOnly", "perhaps", "true or false")]
    [InlineData("\"DefaultCloud\": \"home\",", "\"DefaultCloud\": \"home\", \"BufferBudgetBytes\": 1024,", "SkyCompat:BufferBudgetBytes", "16777216", "")]
    [InlineData("{ \"Root\": \"./.skycompat\" }", "\"./.skycompat\"", "SkyCompat:Clouds:home:Local", "expected a section", "")]
    [InlineData("{ \"Name\": \"acme-notes\", \"ReadOnly\": true }", "\"acme-notes\"", "SkyCompat:Buckets:notes", "expected a section", "")]
    [InlineData("{ \"MaxAttempts\": 3, \"BaseDelay\": \"00:00:01\", \"BreakerFailureRatio\": 0.5 }", "\"high\"", "SkyCompat:Clouds:aws:Resilience", "expected a section", "")]
    public async Task Start_WrongConfiguration_FailsNamingThePathAndTheChoices(string right, string wrong, string path, string cause, string choices)
    {
        Valid.ShouldContain(right);
        using var host = Build(Valid.Replace(right, wrong, StringComparison.Ordinal));

        var error = await Should.ThrowAsync<OptionsValidationException>(() => host.StartAsync());

        error.Message.ShouldContain(path);
        error.Message.ShouldContain(cause);
        error.Message.ShouldContain(choices);
    }

    [Fact]
    public async Task Start_ManyMistakes_ReportsAllAtOnce()
    {
        using var host = Build(Valid.Replace("\"aws\"", "\"azz\"", StringComparison.Ordinal).Replace("\"ReadOnly\"", "\"Readonli\"", StringComparison.Ordinal).Replace("\"S3\",", "\"S4\",", StringComparison.Ordinal));

        var error = await Should.ThrowAsync<OptionsValidationException>(() => host.StartAsync());

        error.Failures.Count().ShouldBeGreaterThanOrEqualTo(2);
    }

    [Fact]
    public async Task Start_RequiredFeatureIsLacking_FailsNamingTheBucket()
    {
        using var host = Build(Valid, capabilities: ScriptedBucket.Everything with { Features = BucketFeatures.Multipart | BucketFeatures.PutIfAbsent });

        var error = await Should.ThrowAsync<OptionsValidationException>(() => host.StartAsync());

        error.Message.ShouldContain("SkyCompat:Buckets:media:Require");
        error.Message.ShouldContain("PutIfMatch");
        error.Message.ShouldContain("'aws'");
    }

    [Fact]
    public async Task Start_BucketNameTheProviderRefuses_Fails()
    {
        using var host = Build(Valid.Replace("acme-media-prod", "ACME", StringComparison.Ordinal));

        await CloudAssert.FailsAsync(() => host.StartAsync(), CloudErrorCode.InvalidArgument, ObjectStorageErrorReasons.InvalidBucketName);
    }

    [Fact]
    public void Validation_Message_NeverHoldsASecret()
    {
        // A key beside the known ones is named; its value is not.
        using var host = Build(Valid.Replace("\"Root\": \"x\"", "\"Root\": \"x\", \"SecretKye\": \"hunter2\"", StringComparison.Ordinal));

        Should.Throw<OptionsValidationException>(() => host.Services.GetRequiredService<ISky>()).Message.ShouldNotContain("hunter2");
    }

    [Theory]
    [InlineData("{ \"Provider\": \"S3\", \"S3\": { \"Root\": \"x\" } }")]
    [InlineData("{ \"Root\": \"x\" }")]
    public void Validation_ConnectionStringInPlaceOfASection_IsNotRepeated(string section)
    {
        using var host = Build(Valid.Replace(section, "\"AccountKey=hunter2\"", StringComparison.Ordinal));

        var error = Should.Throw<OptionsValidationException>(() => host.Services.GetRequiredService<ISky>());

        error.Message.ShouldContain("expected a section, found a value. Keys: ");
        error.Message.ShouldNotContain("hunter2");
    }

    private static IHost Build(string json, Action<CloudConfiguration>? created = null, BucketCapabilities? capabilities = null)
    {
        var builder = Host.CreateEmptyApplicationBuilder(null);
        builder.Configuration.AddJsonStream(new MemoryStream(Encoding.UTF8.GetBytes($"{{ \"SkyCompat\": {json} }}")));
        builder.Logging.ClearProviders();
        builder.Services.AddSkyCompat(builder.Configuration.GetSection("SkyCompat"));
        foreach (var provider in new[] { "Local", "Aws", "S3" })
        {
            builder.Services.AddSingleton<CloudProviderFactory>(new RootedFactory(provider, cloud =>
            {
                created?.Invoke(cloud);
                return new ScriptedStorage { Capabilities = capabilities ?? ScriptedBucket.Everything };
            }));
        }

        return builder.Build();
    }

    private sealed class RootedOptions
    {
        public string? Root { get; set; }
    }

    /// <summary>A provider with settings of its own.</summary>
    private sealed class RootedFactory(string provider, Func<CloudConfiguration, ScriptedStorage> create) : CloudProviderFactory<RootedOptions>
    {
        public override CloudProvider Provider => new(provider);

        protected override void Bind(IConfigurationSection section, RootedOptions options) => section.Bind(options);

        protected override void Validate(RootedOptions options, CloudConfiguration cloud, ICollection<string> errors)
        {
        }

        protected override CloudDrivers Create(RootedOptions options, CloudConfiguration cloud, IServiceProvider services) => new() { Storage = create(cloud) };
    }
}
