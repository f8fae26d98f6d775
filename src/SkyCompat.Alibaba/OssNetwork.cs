namespace SkyCompat.Alibaba;

/// <summary>By which way OSS is reached.</summary>
public enum OssNetwork
{
    /// <summary>The internet: <c>https://oss-&lt;region&gt;.aliyuncs.com</c>.</summary>
    Public = 0,

    /// <summary>The cloud's own network, from machines in the same region and without fees for traffic: <c>https://oss-&lt;region&gt;-internal.aliyuncs.com</c>.</summary>
    Internal,

    /// <summary>Transfer acceleration through the nearest point of presence, for buckets that have it switched on: <c>https://oss-accelerate.aliyuncs.com</c>. Buckets cannot be listed there.</summary>
    Accelerate,

    /// <summary>Transfer acceleration from outside the Chinese mainland: <c>https://oss-accelerate-overseas.aliyuncs.com</c>. Buckets cannot be listed there.</summary>
    AccelerateOverseas,
}
