"""What the model is told of a passenger."""

import pandas as pd
from hamilton.function_modifiers import tag
from sklearn.preprocessing import LabelEncoder


def family(sibsp: pd.Series, parch: pd.Series) -> pd.Series:
    """How many relatives travel along."""
    return sibsp + parch


def deck(cabin: pd.Series) -> pd.Series:
    """The letter of the cabin; nobody uses it yet."""
    return cabin.str[0]


def title(name: pd.Series) -> pd.Series:
    """Mr, Mrs, Miss, Master; nobody uses it yet."""
    return name.str.extract(r",\s*(\w+)\.", expand=False)


def sex_encoder(sex: pd.Series) -> LabelEncoder:
    """Numbers for the values of `sex`."""
    return LabelEncoder().fit(sex)


def cabin_encoder(cabin: pd.Series) -> LabelEncoder:
    """Numbers for the values of `cabin`."""
    return LabelEncoder().fit(cabin)


def embarked_encoder(embarked: pd.Series) -> LabelEncoder:
    """Numbers for the values of `embarked`."""
    return LabelEncoder().fit(embarked)


def sex_category(sex: pd.Series, sex_encoder: LabelEncoder) -> pd.Series:
    """The number of the passenger's sex."""
    return pd.Series(sex_encoder.transform(sex), index=sex.index)


def cabin_category(cabin: pd.Series, cabin_encoder: LabelEncoder) -> pd.Series:
    """The number of the passenger's cabin."""
    return pd.Series(cabin_encoder.transform(cabin), index=cabin.index)


def embarked_category(embarked: pd.Series, embarked_encoder: LabelEncoder) -> pd.Series:
    """The number of the port where the passenger came aboard."""
    return pd.Series(embarked_encoder.transform(embarked), index=embarked.index)


@tag(artifact="encoders", owner="data-science", importance="production")
def encoders(
    sex_encoder: LabelEncoder, cabin_encoder: LabelEncoder, embarked_encoder: LabelEncoder
) -> dict[str, LabelEncoder]:
    """All encoders together, as whoever serves the model needs them."""
    return {"sex": sex_encoder, "cabin": cabin_encoder, "embarked": embarked_encoder}
